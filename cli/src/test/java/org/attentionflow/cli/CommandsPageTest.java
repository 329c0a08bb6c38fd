package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page of commands has a row for each, in the order of the help, with its first line. */
class CommandsPageTest {
  private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| (.+?) \\|.*");

  @Test
  void listsEveryCommandWithItsHeader() throws IOException {
    Path page =
        Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../docs/commands.md");
    List<String> rows =
        Files.readAllLines(page).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1) + ": " + row.group(2))
            .toList();
    List<String> commands =
        CommandTree.names().stream().map(name -> name + ": " + header(name)).toList();
    assertEquals(commands, rows);
  }

  /** What stands before the usage; the help breaks it at the width of a screen. */
  private static String header(String command) {
    String help = CommandRun.of(command, "--help").ok().out();
    return help.substring(0, help.indexOf("Usage: ")).strip().replaceAll("\\s+", " ");
  }
}
