/** Named parts found through the service loader, with a helpful failure. */
@NullMarked
package org.attentionflow.plugin;

import org.jspecify.annotations.NullMarked;
