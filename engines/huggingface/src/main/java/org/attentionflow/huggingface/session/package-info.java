/** What sessions of all engines do alike, whatever library runs the model. */
@NullMarked
package org.attentionflow.huggingface.session;

import org.jspecify.annotations.NullMarked;
