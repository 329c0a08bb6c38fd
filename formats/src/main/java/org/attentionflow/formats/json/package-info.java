/** Explanations and flows as JSON, and the notation of numbers and strings in it. */
@NullMarked
package org.attentionflow.formats.json;

import org.jspecify.annotations.NullMarked;
