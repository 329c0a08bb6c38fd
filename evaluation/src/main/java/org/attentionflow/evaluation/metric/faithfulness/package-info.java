/** Whether scores agree with what the model does when features are removed. */
@NullMarked
package org.attentionflow.evaluation.metric.faithfulness;

import org.jspecify.annotations.NullMarked;
