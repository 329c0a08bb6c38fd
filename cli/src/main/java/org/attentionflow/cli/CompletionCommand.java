package org.attentionflow.cli;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that makes a shell complete the command's names and options. */
@Command(
    name = "completion",
    header = "Print a script for the completion of commands and options.",
    sortOptions = false,
    footer = {
      "",
      "Example:  source <(attnflow completion bash)",
      "          source <(attnflow completion zsh)"
    })
final class CompletionCommand implements Runnable {
  /** The shells that the script knows. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Console console;

  @Parameters(paramLabel = "bash|zsh", description = "the shell")
  @Nullable Shell shell;

  @Spec @Nullable CommandSpec spec;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    CommandLine root = Objects.requireNonNull(spec).parent().commandLine();
    if (shell == Shell.ZSH) {
      console.out().println("autoload -Uz compinit && compinit -u");
    }
    console.out().println(AutoComplete.bash("attnflow", root));
  }
}
