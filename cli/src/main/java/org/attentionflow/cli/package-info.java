/** The command {@code attnflow}: one class per subcommand, and the only use of standard streams. */
@NullMarked
package org.attentionflow.cli;

import org.jspecify.annotations.NullMarked;
