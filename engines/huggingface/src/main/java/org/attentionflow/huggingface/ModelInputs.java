package org.attentionflow.huggingface;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.token.Token;
import org.attentionflow.token.TokenSequence;
import org.jspecify.annotations.Nullable;

/**
 * Makes inputs of a model from texts, if a tokenizer lies beside it, and from token ids, if not;
 * all of them checked against what the model takes. Safe for use by several threads.
 */
public final class ModelInputs implements AutoCloseable {
  private static final Set<String> ROLES_WITHOUT_TEXT = Set.of("cls", "sep", "pad");

  private final ModelFolder folder;
  private final InputLimits limits;
  private final Map<String, Integer> specialTokens;
  private final @Nullable Vocabulary vocabulary;
  private final @Nullable TextTokenizer tokenizer;

  private ModelInputs(
      ModelFolder folder,
      InputLimits limits,
      Map<String, Integer> specialTokens,
      @Nullable Vocabulary vocabulary,
      @Nullable TextTokenizer tokenizer) {
    this.folder = folder;
    this.limits = limits;
    this.specialTokens = Map.copyOf(specialTokens);
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
  }

  /**
   * Reads the vocabulary of the tokenizer beside a model, if there is one. No native code loads
   * before the first text.
   *
   * @throws UnusableInputException if the tokenizer is damaged or that of another model
   */
  public static ModelInputs of(ModelFolder folder, InputLimits limits) {
    ModelConfig config = folder.config();
    @Nullable Path file = folder.tokenizer().orElse(null);
    if (file == null) {
      return new ModelInputs(folder, limits, configured(config), null, null);
    }
    Vocabulary vocabulary = Vocabulary.read(file);
    new TokenizerCheck(folder, vocabulary).run(config, limits.vocabularySize());
    Map<String, Integer> special =
        vocabulary.specialTokens(folder.json("tokenizer_config.json").orElse(null));
    return new ModelInputs(folder, limits, special, vocabulary, new TextTokenizer(file));
  }

  private static Map<String, Integer> configured(ModelConfig config) {
    Map<String, Integer> ids = new HashMap<>();
    int padding = config.integer("pad_token_id", -1);
    if (padding >= 0) {
      ids.put("pad", padding);
    }
    return ids;
  }

  /** What the model takes. */
  public InputLimits limits() {
    return limits;
  }

  /** Whether texts can be tokenized. */
  public boolean hasTokenizer() {
    return tokenizer != null;
  }

  /** The ids of the special tokens by role, as far as tokenizer or configuration tell. */
  public Map<String, Integer> specialTokens() {
    return specialTokens;
  }

  /**
   * The tokens of a text, special tokens included.
   *
   * @throws UnusableInputException if there is no tokenizer, the text has no token, or the model
   *     does not take the tokens
   */
  public TokenSequence tokenize(String text) {
    if (tokenizer == null) {
      throw folder.withoutTokenizer();
    }
    TokenSequence sequence = tokenizer.tokenize(text);
    limits.check(sequence);
    return sequence;
  }

  /**
   * The given ids as they are, without text. How tokens are spelled comes from the tokenizer; a
   * token is its number without one.
   *
   * @throws UnusableInputException if there are none, or the model does not take them
   */
  public TokenSequence sequence(int[] ids) {
    if (ids.length == 0) {
      throw new UnusableInputException("There are no token ids.");
    }
    limits.checkLength(ids.length);
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      limits.checkId(ids[i]);
      tokens.add(new Token(i, ids[i], spelling(ids[i]), 0, 0, isSpecial(ids[i])));
    }
    return TokenSequence.of("", tokens);
  }

  /** Frees the tokenizer. */
  @Override
  public void close() {
    if (tokenizer != null) {
      tokenizer.close();
    }
  }

  private String spelling(int id) {
    return Optional.ofNullable(vocabulary).flatMap(known -> known.text(id)).orElse("" + id);
  }

  /** Whether an id is one that tokenizers add and no text stands behind. */
  private boolean isSpecial(int id) {
    return ROLES_WITHOUT_TEXT.stream()
        .anyMatch(
            role -> Optional.ofNullable(specialTokens.get(role)).filter(s -> s == id).isPresent());
  }
}
