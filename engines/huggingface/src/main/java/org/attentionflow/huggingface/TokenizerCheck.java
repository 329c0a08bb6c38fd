package org.attentionflow.huggingface;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the {@code tokenizer.json} of a folder is the model's own. Another model's may have a
 * vocabulary of the same size; then only the other files of the folder can tell, where they repeat
 * what the tokenizer says: {@code vocab.txt} and {@code vocab.json}, the special tokens of {@code
 * tokenizer_config.json}, the special ids of {@code config.json}. What is not there is not checked.
 *
 * @param folder the model's files
 * @param vocabulary what the tokenizer says
 */
record TokenizerCheck(ModelFolder folder, Vocabulary vocabulary) {
  private static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  /**
   * The special tokens that texts need. Not the mask: many tokenizers name one that they do not
   * have.
   */
  private static final List<String> NEEDED_ROLES = List.of("cls", "sep", "pad", "unk");

  /**
   * Runs all checks.
   *
   * @param modelSize the number of ids that the model has embeddings for
   * @throws UnusableInputException if the tokenizer is that of another model; the message names the
   *     first entry that differs
   */
  void run(ModelConfig config, int modelSize) {
    if (vocabulary.size() > modelSize) {
      throw new UnusableInputException(
          ("The tokenizer of " + folder.path() + " has " + vocabulary.size() + " tokens, the model")
              + (" only " + modelSize + ". Maybe the tokenizer is that of another model."));
    }
    if (vocabulary.hasWordPieces()) {
      checkLines("vocab.txt");
    }
    if (vocabulary.hasMerges()) {
      folder.json("vocab.json").ifPresent(ids -> checkIds("vocab.json", ids));
    }
    Optional<JsonObject> named = folder.json(TOKENIZER_CONFIG);
    named.ifPresent(this::checkNames);
    checkSpecialIds(config, vocabulary.specialTokens(named.orElse(null)));
  }

  /** A token per line, in the order of the ids. */
  private void checkLines(String file) {
    List<String> lines = folder.lines(file);
    for (int id = 0; id < lines.size(); id++) {
      check(file, id, lines.get(id));
    }
  }

  /** The id of each token. */
  private void checkIds(String file, JsonObject ids) {
    for (Map.Entry<String, JsonElement> entry : ids.entrySet()) {
      whole(entry.getValue().toString()).ifPresent(id -> check(file, id, entry.getKey()));
    }
  }

  private void checkNames(JsonObject named) {
    for (String role : NEEDED_ROLES) {
      String key = role + "_token";
      Optional<String> text = Vocabulary.named(named, key);
      if (text.isPresent() && !vocabulary.contains(text.get())) {
        throw differs(
            ("In " + TOKENIZER_CONFIG + ", " + key + " is '" + text.get() + "', ")
                + "which tokenizer.json does not have");
      }
    }
    if (named.get("added_tokens_decoder") instanceof JsonObject added) {
      for (String id : added.keySet()) {
        Optional<String> text = Vocabulary.named(added, id);
        whole(id)
            .ifPresent(number -> text.ifPresent(known -> check(TOKENIZER_CONFIG, number, known)));
      }
    }
  }

  /**
   * Only the ids of the roles: many configurations of BERT models give first and last tokens that
   * mean nothing.
   */
  private void checkSpecialIds(ModelConfig config, Map<String, Integer> special) {
    special.forEach(
        (role, id) -> {
          String key = role + "_token_id";
          int configured = config.integer(key, id);
          if (configured != id) {
            throw differs(
                ("In config.json, " + key + " is " + configured + ", ")
                    + ("but in tokenizer.json that token has the id " + id));
          }
        });
  }

  private void check(String file, int id, String text) {
    @Nullable String known = vocabulary.text(id).orElse(null);
    // Tokenizers were made from files of which some readers keep white space at the end of a line.
    if (known != null && !known.stripTrailing().equals(text.stripTrailing())) {
      throw differs(
          ("Token " + id + " is '" + text + "' in " + file + ", ")
              + ("but '" + known + "' in tokenizer.json"));
    }
  }

  private UnusableInputException differs(String how) {
    return new UnusableInputException(
        (how + " (" + folder.path() + ").") + " Maybe the tokenizer is that of another model.");
  }

  private static Optional<Integer> whole(String number) {
    return Optional.of(number).filter(digits -> digits.matches("[0-9]{1,9}")).map(Integer::valueOf);
  }
}
