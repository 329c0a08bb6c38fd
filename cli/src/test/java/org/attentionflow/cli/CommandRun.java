package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One run of the command inside the test.
 *
 * @param code the exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandRun(int code, String out, String err) {
  static CommandRun of(String... args) {
    return with(new byte[0], Surroundings.none(), args);
  }

  static CommandRun withInput(String input, String... args) {
    return with(input.getBytes(StandardCharsets.UTF_8), Surroundings.none(), args);
  }

  static CommandRun onTerminal(Map<String, String> variables, String... args) {
    return with(new byte[0], new Surroundings(variables, "012"), args);
  }

  static CommandRun with(byte[] input, Surroundings surroundings, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            args,
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new ByteArrayInputStream(input),
            surroundings);
    return new CommandRun(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Checks that the run succeeded in silence. */
  CommandRun ok() {
    assertEquals("", err);
    assertEquals(ExitCode.OK, code);
    return this;
  }

  /** Checks that the run failed with one line that holds a word, and without a result. */
  CommandRun failed(int expectedCode, String word) {
    assertEquals(expectedCode, code, err);
    assertEquals(1, err.lines().count(), err);
    assertEquals("attnflow: ", err.substring(0, Math.min(10, err.length())));
    if (!err.contains(word)) {
      throw new AssertionError("Not in the message: " + word + "\n" + err);
    }
    assertEquals("", out);
    return this;
  }

  List<String> outLines() {
    return out.lines().toList();
  }
}
