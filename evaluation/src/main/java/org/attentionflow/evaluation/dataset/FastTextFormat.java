package org.attentionflow.evaluation.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;

/** Lines {@code __label__k text}, as fastText reads them. */
final class FastTextFormat implements DatasetFormat {
  private static final String PREFIX = "__label__";

  @Override
  public String name() {
    return "fasttext";
  }

  @Override
  public String summary() {
    return "lines of __label__K and a text; the label is K";
  }

  @Override
  public List<Example> read(DatasetSettings settings) throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> lines = TextLines.of(settings.path());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      int space = line.indexOf(' ');
      if (!line.startsWith(PREFIX) || space < 0) {
        throw new UnusableInputException(
            settings.path() + ": line " + (i + 1) + " does not begin with " + PREFIX + "K.");
      }
      examples.add(
          new Example(
              Integer.toString(i + 1),
              line.substring(space + 1),
              line.substring(PREFIX.length(), space)));
    }
    return examples;
  }
}
