/** Explains sequence classifiers that were saved as TensorFlow graphs, as they are. */
@NullMarked
package org.attentionflow.tensorflow;

import org.jspecify.annotations.NullMarked;
