package org.attentionflow.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.ScoreSign;
import org.junit.jupiter.api.Test;

/** The tables of methods.md say what the methods say of themselves. */
class MethodsPageTest {
  private static final int METHOD_COLUMNS = 6;
  private static final int OPTION_COLUMNS = 4;

  private final List<AttributionMethod> methods =
      ServiceLoader.load(AttributionMethod.class).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  @Test
  void namesEveryMethodWithFormulaSignAndSource() {
    TreeSet<String> expected = new TreeSet<>();
    for (AttributionMethod method : methods) {
      List<String> names = new ArrayList<>(List.of(method.name()));
      names.addAll(method.aliases());
      String sign = method.sign() == ScoreSign.SIGNED ? "±" : "≥ 0";
      expected.add(
          String.join(
              " | ",
              names.stream().map(MethodsPageTest::code).collect(Collectors.joining(", ")),
              code(method.formula()),
              sign + (method.dependsOnTarget() ? "" : ", no target"),
              method.source()));
    }
    TreeSet<String> found = new TreeSet<>();
    for (String[] row : rows(METHOD_COLUMNS)) {
      found.add(String.join(" | ", row[0], row[1], row[2], row[5]));
    }
    assertEquals(String.join("\n", expected), String.join("\n", found));
  }

  @Test
  void namesEveryOptionWithItsDefaultAndMeaning() {
    TreeSet<String> expected = new TreeSet<>();
    for (AttributionMethod method : methods) {
      for (MethodOption option : method.options()) {
        expected.add(
            String.join(
                " | ",
                code(method.name()),
                code(option.settingsKey()),
                code(option.defaultValue()),
                option.meaning()));
      }
    }
    TreeSet<String> found = new TreeSet<>();
    rows(OPTION_COLUMNS).forEach(row -> found.add(String.join(" | ", row)));
    assertEquals(String.join("\n", expected), String.join("\n", found));
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  /** The rows of tables of so many columns; a bar within a cell is written with a backslash. */
  private static List<String[]> rows(int columns) {
    List<String[]> rows = new ArrayList<>();
    for (String line : Documents.read(Documents.DOCS.resolve("methods.md")).lines().toList()) {
      if (line.startsWith("| `")) {
        String[] cells =
            Arrays.stream(line.split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("\\|", "|"))
                .toArray(String[]::new);
        if (cells.length == columns + 2) {
          rows.add(Arrays.copyOfRange(cells, 1, columns + 1));
        }
      }
    }
    return rows;
  }
}
