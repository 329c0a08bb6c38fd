/** JSON that has the same bytes on every run: sorted keys, shortest decimals. */
@NullMarked
package org.attentionflow.evaluation.json;

import org.jspecify.annotations.NullMarked;
