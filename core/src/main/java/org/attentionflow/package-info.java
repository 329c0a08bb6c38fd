/** The entry point of the library. */
@NullMarked
package org.attentionflow;

import org.jspecify.annotations.NullMarked;
