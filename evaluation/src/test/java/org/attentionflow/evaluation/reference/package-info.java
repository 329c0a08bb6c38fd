/** Numbers of a reference implementation, reached again. */
@NullMarked
package org.attentionflow.evaluation.reference;

import org.jspecify.annotations.NullMarked;
