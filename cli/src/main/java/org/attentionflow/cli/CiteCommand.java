package org.attentionflow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.attentionflow.provenance.Provenance;
import picocli.CommandLine.Command;

/** Prints what to cite. */
@Command(
    name = "cite",
    header = "Print BibTeX entries of the software and of the papers it builds on.",
    sortOptions = false,
    footer = {
      "",
      "The papers of other methods and of metrics: attnflow describe NAME.",
      "",
      "Example:  attnflow cite >> references.bib"
    })
final class CiteCommand implements Callable<Integer> {
  private final Console console;

  CiteCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (InputStream entries =
        Objects.requireNonNull(CiteCommand.class.getResourceAsStream("references.bib"))) {
      String text = new String(entries.readAllBytes(), StandardCharsets.UTF_8);
      console.out().print(text.replace("@VERSION@", Provenance.programVersion()));
    }
    return ExitCode.OK;
  }
}
