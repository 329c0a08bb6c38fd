/** Flow networks of node groups and arc blocks, and how they are built and pruned. */
@NullMarked
package org.attentionflow.network;

import org.jspecify.annotations.NullMarked;
