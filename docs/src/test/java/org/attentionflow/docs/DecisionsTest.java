package org.attentionflow.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The index lists every decision once, on one line, in the order of their numbers. */
class DecisionsTest {
  private static final Pattern ROW =
      Pattern.compile("\\| \\[(\\d{4})]\\(decisions/(\\1-[a-z0-9-]+\\.md)\\) \\| .+\\. \\|");

  private static List<String> files() {
    return Documents.all().stream()
        .filter(file -> file.getParent().equals(Documents.DOCS.resolve("decisions")))
        .map(Path::getFileName)
        .map(Path::toString)
        .sorted()
        .toList();
  }

  @Test
  void thereAreDecisions() {
    assertTrue(files().contains("0030-perturbed-inputs-one-by-one.md"), files().toString());
  }

  @Test
  void theIndexIsSortedAndComplete() {
    List<String> rows =
        Documents.read(Documents.DOCS.resolve("README.md"))
            .lines()
            .filter(line -> line.startsWith("| [0"))
            .map(line -> ROW.matcher(line).replaceFirst("$2"))
            .toList();
    assertEquals(files(), rows);
  }

  @Test
  void aNumberStandsForOneDecision() {
    List<String> numbers = files().stream().map(name -> name.substring(0, 4)).toList();
    assertEquals(numbers.stream().distinct().toList(), numbers);
  }

  @Test
  void aTitleBeginsWithItsNumber() {
    for (String name : files()) {
      String text = Documents.read(Documents.DOCS.resolve("decisions").resolve(name));
      assertTrue(text.startsWith("# " + name.substring(0, 4) + " "), name);
    }
  }
}
