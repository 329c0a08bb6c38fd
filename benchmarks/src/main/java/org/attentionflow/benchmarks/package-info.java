/** Measurements of the flow solvers and of what they are made of, with JMH. */
@NullMarked
package org.attentionflow.benchmarks;

import org.jspecify.annotations.NullMarked;
