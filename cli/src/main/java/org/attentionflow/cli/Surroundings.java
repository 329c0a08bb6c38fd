package org.attentionflow.cli;

import java.util.Map;

/**
 * What the command knows of where it runs. It decides how results look, never what they are.
 *
 * @param variables the environment variables
 * @param terminals the standard streams that are terminals, as a string of their numbers: {@code
 *     012}; the launcher tells, because Java cannot
 */
record Surroundings(Map<String, String> variables, String terminals) {
  private static final int DEFAULT_WIDTH = 80;
  private static final int LEAST_WIDTH = 30;

  /** The real surroundings of this process. */
  static Surroundings ofProcess() {
    return new Surroundings(System.getenv(), System.getProperty("attnflow.terminals", ""));
  }

  /** No terminal and no variables, for runs inside another program. */
  static Surroundings none() {
    return new Surroundings(Map.of(), "");
  }

  boolean inputIsTerminal() {
    return terminals.contains("0");
  }

  boolean outputIsTerminal() {
    return terminals.contains("1");
  }

  boolean errorIsTerminal() {
    return terminals.contains("2");
  }

  /** The columns of the terminal, or 80 where that is not known. */
  int width() {
    try {
      int columns = Integer.parseInt(variables.getOrDefault("COLUMNS", "").strip());
      return columns > 0 ? Math.max(LEAST_WIDTH, columns) : DEFAULT_WIDTH;
    } catch (NumberFormatException unknown) {
      return DEFAULT_WIDTH;
    }
  }

  /** How many colours to use where nobody asked for or against colours. */
  ColorDepth depth() {
    boolean dumb = "dumb".equals(variables.get("TERM"));
    boolean refused = !variables.getOrDefault("NO_COLOR", "").isEmpty();
    return refused || dumb || !outputIsTerminal() ? ColorDepth.NONE : bestDepth();
  }

  /** How many colours to use where colours are wanted. */
  ColorDepth bestDepth() {
    String color = variables.getOrDefault("COLORTERM", "");
    return color.equals("truecolor") || color.equals("24bit")
        ? ColorDepth.TRUE
        : ColorDepth.INDEXED;
  }
}
