package org.attentionflow.testkit;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.ModelEngine;
import org.attentionflow.engine.ModelSession;

/**
 * An engine without a native library and without a model file: attention that depends on the token
 * ids alone, and logits linear in it, so that every gradient is known exactly. For tests of
 * whatever needs a model but not a particular one. Not registered with the service loader.
 */
public final class SyntheticEngine implements ModelEngine {
  @Override
  public String name() {
    return "synthetic";
  }

  @Override
  public String summary() {
    return "A made-up model whose gradients are known exactly.";
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.PREDICTION,
        Capability.ATTENTION,
        Capability.ATTENTION_GRADIENT,
        Capability.PADDED_BATCH,
        Capability.TOKENIZER);
  }

  /** Any path will do: nothing is read. */
  @Override
  public boolean accepts(Path model) {
    return true;
  }

  @Override
  public ModelSession open(Path model, EngineSettings settings) {
    return new SyntheticSession();
  }

  @Override
  public String probe() {
    return "no native library";
  }
}
