/** Tokens and words of a text, with their character spans. */
@NullMarked
package org.attentionflow.token;

import org.jspecify.annotations.NullMarked;
