/** Dense row-major arrays with a shape. */
@NullMarked
package org.attentionflow.tensor;

import org.jspecify.annotations.NullMarked;
