/** Whether scores agree with what people marked. */
@NullMarked
package org.attentionflow.evaluation.metric.plausibility;

import org.jspecify.annotations.NullMarked;
