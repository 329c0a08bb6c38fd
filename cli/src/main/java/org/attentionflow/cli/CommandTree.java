package org.attentionflow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.attentionflow.plugin.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The subcommands by name. */
final class CommandTree {
  /** The examples fit into this. */
  private static final int NARROWEST_HELP = 84;

  private static final int WIDEST_HELP = 100;

  private CommandTree() {}

  /**
   * The command line for some arguments. Where the first one names a subcommand only that one is
   * made: reading the annotations of all of them takes a noticeable part of a short run.
   */
  static CommandLine of(Attnflow root, Console console, String[] args) {
    Map<String, Function<Console, Object>> commands = commands();
    // Each method reference stands once: two equal ones crash Java 17 when it archives classes.
    ITypeConverter<Double> number = CommandTree::number;
    ITypeConverter<Integer> wholeNumber = CommandTree::wholeNumber;
    boolean one = args.length > 0 && commands.containsKey(args[0]) && !needsAll(args[0]);
    CommandLine line = new CommandLine(root);
    commands.forEach(
        (name, command) -> {
          if (!one || name.equals(args[0])) {
            line.addSubcommand(name, command.apply(console));
          }
        });
    return line.setOut(new PrintWriter(console.out(), true, UTF_8))
        .setErr(new PrintWriter(console.err(), true, UTF_8))
        .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(console)))
        .setUsageHelpWidth(helpWidth(console))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Double.class, number)
        .registerConverter(double.class, number)
        .registerConverter(Integer.class, wholeNumber)
        .registerConverter(int.class, wholeNumber)
        // A text may begin with @ or hold ${...}.
        .setExpandAtFiles(false)
        .setInterpolateVariables(false);
  }

  /** The names of all commands, in the order of the help. */
  static Set<String> names() {
    return commands().keySet();
  }

  /** What to say of a command that does not exist. */
  static String noCommand(String name, CommandLine root) {
    return "There is no command '"
        + name
        + "'."
        + Nearest.find(name, root.getSubcommands().keySet())
            .map(near -> " Did you mean " + near + "?")
            .orElse(" Maybe see attnflow --help.");
  }

  private static Double number(String text) {
    return Double.valueOf(new NumberText().convert(text));
  }

  private static Integer wholeNumber(String text) {
    try {
      return Integer.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
  }

  private static int helpWidth(Console console) {
    return Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, console.surroundings().width()));
  }

  private static boolean needsAll(String command) {
    return command.equals("help") || command.equals("completion");
  }

  private static Ansi ansi(Console console) {
    return console.surroundings().depth() == ColorDepth.NONE ? Ansi.OFF : Ansi.ON;
  }

  private static CommandLine config(Console console) {
    return new CommandLine(new ConfigCommand(console))
        .addSubcommand(new ConfigCommand.Init(console))
        .addSubcommand(new ConfigCommand.Schema(console))
        .addSubcommand(new ConfigCommand.Resolve(console))
        .addSubcommand(new ConfigCommand.Formats(console));
  }

  private static Map<String, Function<Console, Object>> commands() {
    Map<String, Function<Console, Object>> commands = new LinkedHashMap<>();
    commands.put("explain", ExplainCommand::new);
    commands.put("solve", SolveCommand::new);
    commands.put("mu-path", MuPathCommand::new);
    commands.put("convert", ConvertCommand::new);
    commands.put("capture", CaptureCommand::new);
    commands.put("instrument", InstrumentCommand::new);
    commands.put("bench", BenchCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("ablate", AblateCommand::new);
    commands.put("evaluate", EvaluateCommand::new);
    commands.put("compare", CompareCommand::new);
    commands.put("report", ReportCommand::new);
    commands.put("verify", VerifyCommand::new);
    commands.put("reproduce", ReproduceCommand::new);
    commands.put("diff", DiffCommand::new);
    commands.put("config", CommandTree::config);
    commands.put("list", ListCommand::new);
    commands.put("describe", DescribeCommand::new);
    commands.put("settings", SettingsCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put("cite", CiteCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("version", VersionCommand::new);
    commands.put("help", console -> new HelpCommand());
    return commands;
  }
}
