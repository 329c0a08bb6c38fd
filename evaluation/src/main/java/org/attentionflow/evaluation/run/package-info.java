/** Runs an experiment: one capture per example, shared by all methods; workers; resumption. */
@NullMarked
package org.attentionflow.evaluation.run;

import org.jspecify.annotations.NullMarked;
