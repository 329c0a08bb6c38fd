/** Methods that remove tokens and ask the model again. */
@NullMarked
package org.attentionflow.baselines.perturbation;

import org.jspecify.annotations.NullMarked;
