package org.attentionflow.evaluation.bundle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Several journals as one, in the order of the examples; an example that stands twice counts once.
 */
final class JournalMerge implements AutoCloseable {
  private record Head(Outcome outcome, JournalLines lines) {}

  private final PriorityQueue<Head> heads =
      new PriorityQueue<>(Comparator.comparingInt(head -> head.outcome().index()));
  private final List<JournalLines> open = new ArrayList<>();
  private int last = -1;

  JournalMerge(List<Path> files) throws IOException {
    for (Path file : files) {
      JournalLines lines = new JournalLines(file);
      open.add(lines);
      lines.next();
      advance(lines);
    }
  }

  /** The next outcome, or null behind the last. */
  @Nullable Outcome next() throws IOException {
    while (!heads.isEmpty()) {
      Head head = heads.remove();
      advance(head.lines());
      if (head.outcome().index() > last) {
        last = head.outcome().index();
        return head.outcome();
      }
    }
    return null;
  }

  private void advance(JournalLines lines) throws IOException {
    Outcome outcome = lines.outcome();
    if (outcome != null) {
      heads.add(new Head(outcome, lines));
    }
  }

  @Override
  public void close() throws IOException {
    for (JournalLines lines : open) {
      lines.close();
    }
  }
}
