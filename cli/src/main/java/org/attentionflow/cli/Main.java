package org.attentionflow.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code attnflow}. */
public final class Main {
  /** How picocli lists the values of an enum: by their names in Java. */
  private static final Pattern CHOICES = Pattern.compile("expected one of \\[([^]]*)]");

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    StandardOutput standard = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintStream out =
        new PrintStream(new BufferedOutputStream(standard), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    int code = run(args, out, err, System.in, Surroundings.ofProcess());
    if (standard.failure() != null && code == ExitCode.OK) {
      err.println("attnflow: the results cannot be written: " + standard.failure());
      code = ExitCode.UNUSABLE;
    }
    System.exit(code);
  }

  /**
   * Runs the command inside another program: no process ends, no global state changes.
   *
   * @param args the arguments, the name of the subcommand first
   * @param out receives the results
   * @param err receives messages and progress
   * @param in standard input
   * @return the exit code
   */
  public static int run(String[] args, PrintStream out, PrintStream err, InputStream in) {
    return run(args, out, err, in, Surroundings.none());
  }

  static int run(
      String[] args, PrintStream out, PrintStream err, InputStream in, Surroundings surroundings) {
    Console console = new Console(out, err, in, surroundings, new Timings());
    Attnflow root = new Attnflow();
    int code;
    try {
      CommandLine line = CommandTree.of(root, console, args);
      line.setParameterExceptionHandler((e, ignored) -> usage(console, e));
      line.setExecutionExceptionHandler((e, command, parsed) -> fail(console, root, e));
      console.timings().end("command line");
      code = line.execute(args);
    } catch (Throwable thrown) {
      code = fail(console, root, thrown);
    }
    out.flush();
    if (root.timings) {
      console.timings().print(err);
    }
    return code;
  }

  private static int usage(Console console, ParameterException e) {
    CommandLine line = e.getCommandLine();
    if (e instanceof UnmatchedArgumentException unmatched && line.getParent() == null) {
      String name = unmatched.getUnmatched().get(0);
      console.message(CommandTree.noCommand(name, line));
      return ExitCode.USAGE;
    }
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String message =
        CHOICES
            .matcher(named(e).replaceFirst("^Error: ", ""))
            .replaceAll(choices -> choices(choices.group(1)));
    String sentence = message.endsWith(".") || message.endsWith("?") ? message : message + ".";
    boolean hasCure = sentence.contains("Maybe");
    console.message(hasCure ? sentence : sentence + " Maybe see " + command + " --help.");
    return ExitCode.USAGE;
  }

  /** The message, with the option by all of its names: picocli takes the longest. */
  private static String named(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    return e.getArgSpec() instanceof OptionSpec option
        ? message.replace(
            "option '" + option.longestName() + "'", "option " + String.join(", ", option.names()))
        : message;
  }

  private static String choices(String listed) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : listed.split(", ", -1)) {
      names.add(name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    return "expected one of " + names;
  }

  private static int fail(Console console, Attnflow root, Throwable thrown) {
    if (thrown instanceof OutputClosedException) {
      return ExitCode.OK;
    }
    if (root.debug) {
      thrown.printStackTrace(console.err());
    }
    FailureReport report = FailureReport.of(thrown);
    console.out().flush();
    console.message(report.message());
    return report.exitCode();
  }
}
