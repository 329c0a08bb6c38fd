/** What a model says when parts of its input are removed. */
@NullMarked
package org.attentionflow.evaluation.perturbation;

import org.jspecify.annotations.NullMarked;
