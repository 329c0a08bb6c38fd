package org.attentionflow.cli;

import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How an explanation is shown on a terminal. */
final class ViewOptions {
  /** When colours are used. */
  enum ColorChoice {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What gets a score of its own. */
  static final class Unit {
    @Option(names = "--words", description = "scores of words (default)")
    boolean words;

    @Option(names = "--tokens", description = "scores of sub-word tokens")
    boolean tokens;

    @Option(names = "--both", description = "scores of words, then of tokens")
    boolean both;
  }

  @ArgGroup(exclusive = true)
  Unit unit = new Unit();

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "list the N highest (default 10; 0: all)")
  int top = 10;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto (default), always or never; NO_COLOR is honoured")
  ColorChoice color = ColorChoice.AUTO;

  boolean showsWords() {
    return !unit.tokens;
  }

  boolean showsTokens() {
    return unit.tokens || unit.both;
  }

  Paint paint(Surroundings surroundings) {
    return new Paint(
        switch (color) {
          case AUTO -> surroundings.depth();
          case ALWAYS -> surroundings.bestDepth();
          case NEVER -> ColorDepth.NONE;
        });
  }
}
