package org.attentionflow.cli;

import java.util.Objects;
import org.attentionflow.provenance.Provenance;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself; options declared here are understood by every subcommand. */
@Command(
    name = "attnflow",
    header = "Explains what Transformers predict, by maximum flow through their attention.",
    description = "Every token gets a score: how much information flows from it to the prediction.",
    versionProvider = Attnflow.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  attnflow explain \"although this dog is not cute, it is very smart.\"",
      "  attnflow explain -m DIR -f texts.txt --method agf -o out.html -o out.csv",
      "  attnflow help explain",
      "",
      "Exit codes: 0 ok, 2 usage, 3 unusable input or model, 4 flow not certified,",
      "5 does not fit in memory, 6 verification failed, 7 some of many records failed."
    })
final class Attnflow implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "show the version")
  boolean version;

  @Option(
      names = "--debug",
      hidden = true,
      scope = ScopeType.INHERIT,
      description = "print the stack trace of a failure")
  boolean debug;

  @Option(
      names = "--timings",
      hidden = true,
      scope = ScopeType.INHERIT,
      description = "print to standard error how long each stage takes")
  boolean timings;

  @Spec @Nullable CommandSpec spec;

  /** A command line without a subcommand asks for help. */
  @Override
  public void run() {
    CommandLine line = Objects.requireNonNull(spec).commandLine();
    line.usage(line.getOut());
  }

  /** The version of the program. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"attnflow " + Provenance.programVersion()};
    }
  }
}
