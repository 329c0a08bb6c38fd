package org.attentionflow.evaluation.run;

import java.util.List;
import java.util.regex.Pattern;

/** A command line as it may be published: without the places of this machine. */
final class CommandText {
  private static final String PLACE = "PATH";

  /** What begins outside of the working directory; of an option too that has its value attached. */
  private static final Pattern OUTSIDE =
      Pattern.compile(
          "(^|^-[a-zA-Z]|[=\\[{(,:\\s\"'])(?:[/\\\\~]|\\.\\.(?:[/\\\\]|$)|[A-Za-z]:[/\\\\]).*",
          Pattern.DOTALL);

  private static final Pattern FILE = Pattern.compile(".*[/\\\\]([^/\\\\]+\\.(?:ya?ml|json))");
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private CommandText() {}

  /** The arguments in one line, quoted as a shell reads them. */
  static String of(List<String> arguments) {
    return String.join(" ", arguments.stream().map(CommandText::word).toList()) + "\n";
  }

  private static String word(String argument) {
    var outside = OUTSIDE.matcher(argument);
    String word = argument;
    if (outside.find()) {
      var file = FILE.matcher(argument);
      String name = file.matches() ? "/" + file.group(1) : "";
      word = argument.substring(0, outside.end(1)) + PLACE + name;
    }
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
