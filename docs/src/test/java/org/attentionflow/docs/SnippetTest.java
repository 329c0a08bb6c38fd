package org.attentionflow.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.attentionflow.docs.Documents.Block;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages show as Java or as a file is what stands in the tests, character by character. */
class SnippetTest {
  private static final Path TESTS = Documents.DOCS.resolve("src/test");
  private static final String BEGIN = "// snippet: ";
  private static final String END = "// end";

  static List<Block> shown() {
    return Documents.all().stream()
        .flatMap(file -> Documents.blocks(file).stream())
        .filter(block -> block.language().equals("java") || block.kind().equals("file"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shown")
  void showsWhatIsTested(Block block) throws IOException {
    if (block.kind().equals("file")) {
      Path file = TESTS.resolve("resources").resolve(block.name());
      assertEquals(Files.readString(file), block.content(), block.name());
      return;
    }
    assertEquals("snippet", block.kind(), "Java without a snippet:\n" + block.content());
    String snippet = snippets().get(block.name());
    assertNotNull(snippet, "no test has the snippet " + block.name());
    assertEquals(snippet, block.content(), block.name());
  }

  @Test
  void showsEverySnippet() throws IOException {
    Set<String> names = new TreeSet<>();
    shown().stream().filter(b -> b.kind().equals("snippet")).forEach(b -> names.add(b.name()));
    assertEquals(snippets().keySet(), names);
  }

  /** The snippets of all test sources by name, without their common indentation. */
  private static Map<String, String> snippets() throws IOException {
    Map<String, String> snippets = new TreeMap<>();
    List<Path> sources;
    try (Stream<Path> files = Files.walk(TESTS.resolve("java"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    for (Path source : sources) {
      List<String> open = new ArrayList<>();
      String name = "";
      for (String line : Files.readAllLines(source)) {
        if (line.strip().startsWith(BEGIN)) {
          assertTrue(name.isEmpty(), source + ": " + name + " does not end");
          name = line.strip().substring(BEGIN.length());
        } else if (line.strip().equals(END) && !name.isEmpty()) {
          String former = snippets.put(name, String.join("\n", open).stripIndent() + "\n");
          assertEquals(null, former, "two snippets are named " + name);
          open.clear();
          name = "";
        } else if (!name.isEmpty()) {
          open.add(line);
        }
      }
      assertTrue(name.isEmpty(), source + ": " + name + " does not end");
    }
    return snippets;
  }
}
