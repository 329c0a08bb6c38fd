package org.attentionflow.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.pipeline.SettingsKey;
import org.junit.jupiter.api.Test;

/** The table of settings.md is the table of {@link SettingsKey}. */
class SettingsPageTest {
  @Test
  void namesEveryKeyWithItsDefaultAndMeaning() {
    List<String> expected = new ArrayList<>();
    for (SettingsKey key : SettingsKey.values()) {
      String value = key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`";
      expected.add(row("`" + key.key() + "`", value, key.meaning()));
    }
    List<String> rows = new ArrayList<>();
    Documents.read(Documents.DOCS.resolve("settings.md"))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .forEach(line -> rows.add(row(Arrays.copyOfRange(line.split("\\|", -1), 1, 4))));
    assertEquals(String.join("\n", expected), String.join("\n", rows));
  }

  private static String row(String... cells) {
    return String.join(" | ", Arrays.stream(cells).map(String::strip).toList());
  }
}
