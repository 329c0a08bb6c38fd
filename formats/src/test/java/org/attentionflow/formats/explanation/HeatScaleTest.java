package org.attentionflow.formats.explanation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HeatScaleTest {
  /** WCAG 2.1, success criterion 1.4.3. */
  private static final double CONTRAST = 4.5;

  @Test
  void textCanBeReadOnEveryColour() {
    for (int i = 0; i <= 1000; i++) {
      double x = i / 1000.0;
      assertTrue(HeatScale.contrast(HeatScale.rgb(x), HeatScale.textRgb(x)) >= CONTRAST, "at " + x);
      assertTrue(
          HeatScale.contrast(HeatScale.darkRgb(x), HeatScale.darkTextRgb(x)) >= CONTRAST,
          "dark, at " + x);
    }
  }

  @Test
  void moreIsDarkerOnLightPagesAndLighterOnDarkOnes() {
    for (int i = 1; i <= 100; i++) {
      double before = (i - 1) / 100.0;
      double x = i / 100.0;
      assertTrue(
          HeatScale.luminance(HeatScale.rgb(x)) < HeatScale.luminance(HeatScale.rgb(before)));
      assertTrue(
          HeatScale.luminance(HeatScale.darkRgb(x))
              > HeatScale.luminance(HeatScale.darkRgb(before)));
    }
  }

  @Test
  void knownContrasts() {
    assertEquals(21, HeatScale.contrast(0, 0xFFFFFF), 1e-9);
    assertEquals(1, HeatScale.contrast(0x123456, 0x123456), 0);
    assertEquals(4.54, HeatScale.contrast(0x767676, 0xFFFFFF), 0.005);
  }

  @Test
  void outsideTheScaleTheBoundsHold() {
    assertEquals(HeatScale.rgb(-1), HeatScale.rgb(-7));
    assertEquals(HeatScale.rgb(0), HeatScale.rgb(Double.NaN));
    assertEquals(HeatScale.rgb(1), HeatScale.rgb(7));
  }

  @Test
  void intensitiesAreRelativeToTheLargest() {
    assertArrayEquals(
        new double[] {0.25, 1, -0.5, 0},
        HeatScale.intensities(new double[] {2, 8, -4, Double.NaN}));
    assertArrayEquals(new double[] {0.5, -1}, HeatScale.intensities(new double[] {2, -4}));
    assertArrayEquals(new double[] {0, 0}, HeatScale.intensities(new double[2]));
  }

  @Test
  void scoresBelowZeroHaveAnotherColour() {
    for (double intensity = 0.1; intensity <= 1; intensity += 0.1) {
      int above = HeatScale.rgb(intensity);
      int below = HeatScale.rgb(-intensity);
      assertTrue((above & 0xFF) > (above >> 16), "blue at " + intensity);
      assertTrue((below & 0xFF) < (below >> 16), "orange at " + intensity);
      assertTrue(HeatScale.contrast(below, HeatScale.textRgb(-intensity)) >= 4.5);
      int dark = HeatScale.darkRgb(-intensity);
      assertTrue(HeatScale.contrast(dark, HeatScale.darkTextRgb(-intensity)) >= 4.5);
    }
  }

  /** The colours of text and notes in the style sheet, light and dark. */
  @Test
  void theStyleSheetCanBeRead() {
    String sheet = HtmlStyle.sheet();
    int dark = sheet.indexOf("@media (prefers-color-scheme:dark)");
    for (String theme : new String[] {sheet.substring(0, dark), sheet.substring(dark)}) {
      for (String back : new String[] {"page", "card", "head"}) {
        assertReadable(theme, "ink", back);
        assertReadable(theme, "soft", back);
        assertReadable(theme, "cut", back);
      }
      assertReadable(theme, "ok", "okb");
      assertReadable(theme, "warn", "warnb");
      assertReadable(theme, "bad", "badb");
    }
  }

  private static void assertReadable(String theme, String text, String back) {
    double contrast = HeatScale.contrast(colour(theme, text), colour(theme, back));
    assertTrue(contrast >= CONTRAST, text + " on " + back + ": " + contrast);
  }

  private static int colour(String theme, String name) {
    Matcher matcher = Pattern.compile("--" + name + ":#([0-9a-f]{6})").matcher(theme);
    assertTrue(matcher.find(), name);
    return Integer.parseInt(matcher.group(1), 16);
  }
}
