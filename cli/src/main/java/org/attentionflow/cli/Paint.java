package org.attentionflow.cli;

import org.attentionflow.formats.explanation.HeatScale;

/** Colours text for a terminal, as far as the terminal can. */
record Paint(ColorDepth depth) {
  private static final String RESET = "\u001b[0m";

  /** The six levels of a channel in the colour cube of the 256-colour palette. */
  private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

  private static final int CUBE_START = 16;

  /** Whether there are colours at all. */
  boolean hasColor() {
    return depth != ColorDepth.NONE;
  }

  /** A text on the colour of an intensity from −1 to 1. */
  String heat(String text, double intensity) {
    if (!hasColor()) {
      return text;
    }
    String back = code(48, HeatScale.rgb(intensity));
    String front = code(38, HeatScale.textRgb(intensity));
    return "\u001b[" + back + ";" + front + "m" + text + RESET;
  }

  /** A text in bold. */
  String bold(String text) {
    return hasColor() ? "\u001b[1m" + text + RESET : text;
  }

  /** A text that steps back. */
  String faint(String text) {
    return hasColor() ? "\u001b[2m" + text + RESET : text;
  }

  private String code(int layer, int rgb) {
    int red = rgb >> 16 & 0xff;
    int green = rgb >> 8 & 0xff;
    int blue = rgb & 0xff;
    return depth == ColorDepth.TRUE
        ? layer + ";2;" + red + ";" + green + ";" + blue
        : layer + ";5;" + (CUBE_START + 36 * level(red) + 6 * level(green) + level(blue));
  }

  private static int level(int channel) {
    int nearest = 0;
    for (int i = 1; i < CUBE.length; i++) {
      if (Math.abs(CUBE[i] - channel) < Math.abs(CUBE[nearest] - channel)) {
        nearest = i;
      }
    }
    return nearest;
  }
}
