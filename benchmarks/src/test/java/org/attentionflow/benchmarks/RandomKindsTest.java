package org.attentionflow.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.api.Test;

/** The page says which kinds {@link LongRandomRun} takes. */
class RandomKindsTest {
  private static final Pattern ROW = Pattern.compile("^\\| (`[a-z-]+`(?:, `[a-z-]+`)*) \\|");

  @Test
  void thePageListsEveryKindOnceAndNoOther() throws IOException {
    String page = Files.readString(Path.of("README.md"));
    int begin = page.indexOf("| kind | networks |");
    List<String> listed =
        page.substring(begin, page.indexOf("\n\n", begin))
            .lines()
            .flatMap(line -> ROW.matcher(line).results())
            .flatMap(row -> Stream.of(row.group(1).replace("`", "").split(", ")))
            .sorted()
            .toList();
    List<String> kinds =
        Stream.of(Kind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .sorted()
            .toList();
    assertEquals(kinds, listed);
  }
}
