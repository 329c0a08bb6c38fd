/** Explanations as files: HTML, SVG, LaTeX, CSV, JSON and JSON lines. */
@NullMarked
package org.attentionflow.formats.explanation;

import org.jspecify.annotations.NullMarked;
