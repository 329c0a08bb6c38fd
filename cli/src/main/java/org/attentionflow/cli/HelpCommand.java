package org.attentionflow.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the help of a command. */
@Command(
    name = "help",
    header = "Print the help of a command.",
    sortOptions = false,
    footer = {"", "Example:  attnflow help explain"})
final class HelpCommand implements Runnable {
  @Parameters(paramLabel = "COMMAND", arity = "0..1", description = "the command")
  @Nullable String command;

  @Spec @Nullable CommandSpec spec;

  @Override
  public void run() {
    CommandLine root = Objects.requireNonNull(spec).parent().commandLine();
    CommandLine described = command == null ? root : root.getSubcommands().get(command);
    if (described == null) {
      throw new ParameterException(
          spec.commandLine(), CommandTree.noCommand(String.valueOf(command), root));
    }
    described.usage(root.getOut());
  }
}
