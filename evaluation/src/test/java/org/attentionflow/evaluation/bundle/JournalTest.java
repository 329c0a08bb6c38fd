package org.attentionflow.evaluation.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal cut off anywhere opens with every whole line before the cut. */
class JournalTest {
  @TempDir Path folder;

  private static Outcome outcome(int index) {
    return new Outcome(
        index,
        "{\"r\":\"" + "é".repeat(index) + "\"}",
        List.of("{\"p\":1}", "{\"p\":2}"),
        "{\"m\":" + index + "}",
        index == 1 ? List.of("{\"f\":1}") : List.of(),
        "{}");
  }

  private static List<Outcome> read(Path... files) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    Journals.open(List.of(files)).each(outcomes::add);
    return outcomes;
  }

  private Path journal(String name, int... indices) throws IOException {
    Path file = folder.resolve(name);
    try (Journal journal = Journal.open(file, "{\"run\":1}")) {
      for (int index : indices) {
        journal.add(outcome(index));
      }
    }
    return file;
  }

  @Test
  void everyCutLeavesTheWholeLines() throws IOException {
    Path whole = journal("whole", 0, 1, 2);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut");
    for (int length = 0; length <= bytes.length; length++) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      try (Journal journal = Journal.open(cut, "{\"run\":1}")) {
        int kept = journal.done().cardinality();
        for (int index = kept; index < 3; index++) {
          journal.add(outcome(index));
        }
      }
      assertTrue(Arrays.equals(bytes, Files.readAllBytes(cut)), "cut at " + length);
    }
  }

  @Test
  void aChangedByteEndsTheJournalThere() throws IOException {
    Path file = journal("changed", 0, 1, 2);
    String text = Files.readString(file).replace("\"m\":1", "\"m\":7");
    Files.writeString(file, text);
    try (Journal journal = Journal.open(file, "{\"run\":1}")) {
      assertEquals(1, journal.done().cardinality());
    }
  }

  @Test
  void anotherRunIsRefused() throws IOException {
    Path file = journal("other", 0);
    byte[] before = Files.readAllBytes(file);
    String message =
        assertThrows(UnusableInputException.class, () -> Journal.open(file, "{\"run\":2}"))
            .getMessage();
    assertTrue(message.contains("other settings"), message);
    assertTrue(Arrays.equals(before, Files.readAllBytes(file)));
  }

  @Test
  void twoWritersAreRefused() throws IOException {
    Path file = folder.resolve("locked");
    try (Journal first = Journal.open(file, "{}")) {
      first.add(outcome(0));
      assertThrows(UnusableInputException.class, () -> Journal.open(file, "{}"));
    }
  }

  @Test
  void shardsAreReadInOrderAndOnce() throws IOException {
    Path even = journal("even", 0, 2);
    Path odd = journal("odd", 1, 2, 3);
    assertEquals(List.of(outcome(0), outcome(1), outcome(2), outcome(3)), read(odd, even));
    Journals.open(List.of(even, odd)).checkComplete(4);
    String message =
        assertThrows(
                UnusableInputException.class, () -> Journals.open(List.of(even)).checkComplete(4))
            .getMessage();
    assertTrue(message.startsWith("2 of 4 examples are missing, the first at position 1"), message);
  }
}
