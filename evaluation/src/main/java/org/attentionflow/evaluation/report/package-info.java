/** What a run found, in tables and one page: means with intervals, tests, curves, solver health. */
@NullMarked
package org.attentionflow.evaluation.report;

import org.jspecify.annotations.NullMarked;
