package org.attentionflow.evaluation.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;

/**
 * Sentences of the Stanford Sentiment Treebank with a label from 0 (very negative) over 2 (neutral)
 * to 4 on the sentence and on each token: four columns between tabs, tokens and their labels
 * between spaces. The rationale of a sentence are the tokens on its side of neutral.
 */
final class SentimentTokensFormat implements DatasetFormat {
  private static final int NEUTRAL = 2;
  private static final int COLUMNS = 4;

  @Override
  public String name() {
    return "sst-tokens";
  }

  @Override
  public String summary() {
    return "tab-separated id, label 0-4, tokens and their labels 0-4 (SST); tokens on the side of"
        + " the sentence's label are the rationale";
  }

  @Override
  public List<Example> read(DatasetSettings settings) throws IOException {
    List<Example> examples = new ArrayList<>();
    List<String> lines = TextLines.of(settings.path());
    for (int i = 1; i < lines.size(); i++) {
      String where = settings.path() + ": line " + (i + 1);
      String[] fields = lines.get(i).split("\t", -1);
      if (fields.length != COLUMNS) {
        throw new UnusableInputException(
            where + " has " + fields.length + " columns, not " + COLUMNS + ".");
      }
      examples.add(example(fields, where));
    }
    return examples;
  }

  private static Example example(String[] fields, String where) {
    List<String> tokens = List.of(fields[2].split(" "));
    String[] labels = fields[3].split(" ");
    if (labels.length != tokens.size()) {
      throw new UnusableInputException(
          where + " has " + tokens.size() + " tokens and " + labels.length + " labels of tokens.");
    }
    TokenText text = new TokenText(tokens);
    int side = Integer.signum(level(fields[1], where) - NEUTRAL);
    List<CharacterSpan> rationale = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      if (side != 0 && Integer.signum(level(labels[i], where) - NEUTRAL) == side) {
        rationale.add(text.span(i, i + 1, where));
      }
    }
    return new Example(fields[0], text.text(), fields[1], rationale);
  }

  private static int level(String label, String where) {
    if (label.length() == 1 && label.charAt(0) >= '0' && label.charAt(0) <= '4') {
      return label.charAt(0) - '0';
    }
    throw new UnusableInputException(where + ": '" + label + "' is not a label from 0 to 4.");
  }
}
