/** An encoder classifier computed in double precision from its weights. */
@NullMarked
package org.attentionflow.baselines.encoder;

import org.jspecify.annotations.NullMarked;
