/** An experiment as one file: keys, defaults, schema, sweeps. */
@NullMarked
package org.attentionflow.evaluation.experiment;

import org.jspecify.annotations.NullMarked;
