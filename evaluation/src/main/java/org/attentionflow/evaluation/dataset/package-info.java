/**
 * Data sets by format: from files to labelled texts, with digests and counts of what is left out.
 */
@NullMarked
package org.attentionflow.evaluation.dataset;

import org.jspecify.annotations.NullMarked;
