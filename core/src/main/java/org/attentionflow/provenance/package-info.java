/** What made a result: software, model, settings. */
@NullMarked
package org.attentionflow.provenance;

import org.jspecify.annotations.NullMarked;
