/** Flow networks as JSON and DIMACS files, and as GraphML and DOT. */
@NullMarked
package org.attentionflow.formats.network;

import org.jspecify.annotations.NullMarked;
