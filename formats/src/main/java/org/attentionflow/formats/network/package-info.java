/** Flow networks as JSON files. */
@NullMarked
package org.attentionflow.formats.network;

import org.jspecify.annotations.NullMarked;
