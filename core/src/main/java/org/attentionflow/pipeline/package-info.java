/** Joins the stages: from text to an explanation, every part chosen by name. */
@NullMarked
package org.attentionflow.pipeline;

import org.jspecify.annotations.NullMarked;
