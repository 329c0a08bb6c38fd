/** Flow solvers: from a network to its regularised maximum flow, with a certificate. */
@NullMarked
package org.attentionflow.flow;

import org.jspecify.annotations.NullMarked;
