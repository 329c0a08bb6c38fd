package org.attentionflow.formats.network;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.attentionflow.failure.InsufficientMemoryException;
import org.junit.jupiter.api.Test;

class ReadingMemoryTest {
  @Test
  void arcsThatCannotFitAreRefusedWithAHeapThatIsEnough() {
    ReadingMemory memory = new ReadingMemory("a.max", 400_000_000);
    assertDoesNotThrow(() -> memory.check(20_000_000, false, 640_000_000));
    InsufficientMemoryException e =
        assertThrows(
            InsufficientMemoryException.class, () -> memory.check(20_000_000, false, 639_999_999));
    assertEquals(
        "a.max: needs more than 0.640 GB to read 20000000 arcs; the heap has 0.640 GB. Maybe"
            + " -Xmx2g.",
        e.getMessage());
    assertDoesNotThrow(() -> memory.check(20_000_000, true, 639_999_999), "blocks take less");
  }

  /** A file of 80 bytes holds ten arcs at most, whatever it announces. */
  @Test
  void promisesCostNothing() {
    ReadingMemory memory = new ReadingMemory("a.max", 80);
    assertDoesNotThrow(() -> memory.check(Long.MAX_VALUE, false, 320));
    assertThrows(InsufficientMemoryException.class, () -> memory.check(Long.MAX_VALUE, false, 319));
    ReadingMemory unknown = new ReadingMemory("a.max", ReadingMemory.UNKNOWN);
    assertDoesNotThrow(() -> unknown.check(Long.MAX_VALUE, false, 0));
  }
}
