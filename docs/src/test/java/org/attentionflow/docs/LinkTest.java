package org.attentionflow.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every relative link of the Markdown files leads to a file, and every anchor to a heading. */
class LinkTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?(?: \"[^\"]*\")?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?) *#*$");

  static List<Path> documents() {
    return Documents.all();
  }

  @Test
  void seesThePages() {
    Set<String> names = new TreeSet<>();
    documents().forEach(file -> names.add(file.getFileName().toString()));
    assertTrue(names.contains("CONTRIBUTING.md") && names.contains("theory.md"), names.toString());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadSomewhere(Path file) {
    List<String> broken = new ArrayList<>();
    Matcher links = LINK.matcher(Documents.prose(file).replaceAll("`[^`\n]*`", ""));
    while (links.find()) {
      String link = links.group(1);
      if (!link.matches("[a-z][a-z+.-]*:.*")) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        boolean leadsToAnchor =
            parts.length == 1
                || (Files.isRegularFile(target) && anchors(target).contains(parts[1]));
        if (!Files.exists(target) || !leadsToAnchor) {
          broken.add(link);
        }
      }
    }
    assertEquals(List.of(), broken, "broken links of " + file);
  }

  /** The index names every page beside it and below it. */
  @Test
  void theIndexNamesEveryPage() {
    String index = Documents.read(Documents.DOCS.resolve("README.md"));
    List<String> missing = new ArrayList<>();
    for (Path file : documents()) {
      String name = Documents.DOCS.relativize(file).toString();
      boolean isPage = file.startsWith(Documents.DOCS) && !name.equals("README.md");
      if (isPage && !index.contains("(" + name + ")")) {
        missing.add(name);
      }
    }
    assertEquals(List.of(), missing);
  }

  /** The anchors GitHub gives the headings: lower case, hyphens for spaces, no punctuation. */
  private static Set<String> anchors(Path file) {
    Set<String> anchors = new TreeSet<>();
    Map<String, Integer> seen = new HashMap<>();
    Matcher headings = HEADING.matcher(Documents.prose(file));
    while (headings.find()) {
      String text = headings.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
      String slug =
          text.toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
              .replace(' ', '-');
      int before = seen.merge(slug, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? slug : slug + "-" + before);
    }
    return anchors;
  }
}
