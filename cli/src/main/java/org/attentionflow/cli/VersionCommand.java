package org.attentionflow.cli;

import org.attentionflow.provenance.Provenance;
import picocli.CommandLine.Command;

/** Prints the version. */
@Command(
    name = "version",
    header = "Print the version of the program and of Java.",
    sortOptions = false,
    footer = {"", "Example:  attnflow version"})
final class VersionCommand implements Runnable {
  private final Console console;

  VersionCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    console.out().println("attnflow " + Provenance.programVersion());
    console
        .out()
        .println(
            "Java "
                + System.getProperty("java.version")
                + " ("
                + System.getProperty("java.vendor")
                + "), "
                + System.getProperty("os.name")
                + " "
                + System.getProperty("os.arch"));
  }
}
