package org.attentionflow.evaluation.naopc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * All files of the study, outside the ordinary build:
 *
 * <pre>mvn -pl evaluation -am test -Dtest=NaopcFullRun -Dnaopc.data=FOLDER -Dnaopc.result=FILE
 * </pre>
 *
 * <p>The folder is that of the study's outputs; the file receives a table as Markdown.
 */
@EnabledIfSystemProperty(named = "naopc.data", matches = ".+")
class NaopcFullRun {
  @Test
  void recomputesEverythingPublished() throws IOException {
    Path folder = Path.of(System.getProperty("naopc.data"));
    List<String> lines = new ArrayList<>();
    lines.add(
        "| study | rows | comprehensiveness | sufficiency | NaN | ties | differ | examples |"
            + " lower | upper | orders | from 0 | by | beam missed | by at most |");
    lines.add("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    List<String> tied = new ArrayList<>();
    List<String> startedAtZero = new ArrayList<>();
    List<String> different = new ArrayList<>();
    Map<String, Map<Integer, String>> skipped = new TreeMap<>();
    for (String name : NaopcStudy.NAMES) {
      NaopcComparison comparison =
          new NaopcComparison(
                  NaopcStudy.read(
                      name, file -> Optional.of(Files.newInputStream(folder.resolve(file)))))
              .run();
      lines.add(row(name, comparison));
      tied.addAll(comparison.tied);
      startedAtZero.addAll(comparison.startedAtZero);
      different.addAll(comparison.different);
      skipped.put(name, comparison.skipped);
    }
    lines.add("");
    skipped.forEach((name, ids) -> lines.add("- skipped in " + name + ": " + ids));
    tied.forEach(row -> lines.add("- tied: " + row));
    startedAtZero.forEach(row -> lines.add("- maximum started at 0: " + row));
    different.forEach(row -> lines.add("- differs: " + row));
    Files.write(Path.of(System.getProperty("naopc.result")), lines);
    assertEquals(List.of(), different);
  }

  private static String row(String name, NaopcComparison c) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.1e | %.1e | %d | %d | %d | %d | %.1e | %.1e | %.1e | %d | %.1e | %d | %.1e |",
        name,
        c.rows,
        c.comprehensiveness,
        c.sufficiency,
        c.undefined,
        c.tied.size(),
        c.different.size(),
        c.examples,
        c.lower,
        c.upper,
        c.publishedOrders,
        c.startedAtZero.size(),
        c.fromZeroDifference,
        c.beamMisses,
        c.beamMiss);
  }
}
