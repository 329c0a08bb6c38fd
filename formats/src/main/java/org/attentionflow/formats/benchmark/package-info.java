/** Measurements of flow solvers: statistics, yardsticks, and reports as HTML, SVG and JSON. */
@NullMarked
package org.attentionflow.formats.benchmark;

import org.jspecify.annotations.NullMarked;
