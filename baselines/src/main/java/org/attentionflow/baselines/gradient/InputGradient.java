package org.attentionflow.baselines.gradient;

import java.util.EnumSet;
import java.util.Objects;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.engine.Quantity;

/** Input times gradient: the word embedding times the gradient with respect to it. */
public final class InputGradient extends Baseline {
  /** Makes the method. */
  public InputGradient() {
    super(
        Profile.of(MethodGroup.GRADIENT, "input-x-gradient", "input-gradient")
            .summary("The token's embedding times the gradient with respect to it.")
            .formula("s_i = e_i . dy/de_i")
            .source("Shrikumar et al., Not Just a Black Box, 2016; Denil et al., 2014"));
  }

  @Override
  protected Plan plan(MethodSettings settings, MethodOptions options) {
    return Plan.reading(
        EnumSet.of(Quantity.EMBEDDING, Quantity.EMBEDDING_GRADIENT),
        capture ->
            HiddenStateProduct.perToken(
                Objects.requireNonNull(capture.embeddings()),
                Objects.requireNonNull(capture.embeddingGradient())));
  }
}
