/** How files are written, whatever stands in them. */
@NullMarked
package org.attentionflow.formats.file;

import org.jspecify.annotations.NullMarked;
