/** Whether scores behave as an explanation must. */
@NullMarked
package org.attentionflow.evaluation.metric.sanity;

import org.jspecify.annotations.NullMarked;
