package org.attentionflow.baselines;

import java.util.List;
import org.attentionflow.attribution.AttributionMethod;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.attribution.MethodGroup;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.attribution.ScoreSign;

/** An attribution method that is a {@link Profile} and, for given settings, a {@link Plan}. */
public abstract class Baseline implements AttributionMethod {
  private final Profile profile;

  /** Takes what is known of the method. */
  protected Baseline(Profile profile) {
    this.profile = profile;
  }

  @Override
  public final String name() {
    return profile.name();
  }

  @Override
  public final List<String> aliases() {
    return profile.aliases();
  }

  @Override
  public final String summary() {
    return profile.summary();
  }

  @Override
  public final String source() {
    return profile.source();
  }

  @Override
  public final MethodGroup group() {
    return profile.group();
  }

  @Override
  public final String formula() {
    return profile.formula();
  }

  @Override
  public final ScoreSign sign() {
    return profile.sign();
  }

  @Override
  public final boolean dependsOnTarget() {
    return profile.dependsOnTarget();
  }

  @Override
  public final List<MethodOption> options() {
    return profile.options();
  }

  @Override
  public Attributor prepare(MethodSettings settings) {
    MethodOptions options = MethodOptions.of(this, settings);
    return new BaselineAttributor(name(), options.values(), plan(settings, options));
  }

  /**
   * What the method captures and how it scores.
   *
   * @param settings the settings that methods share
   * @param options the method's own options
   * @throws org.attentionflow.failure.UnusableInputException if a value cannot be used
   */
  protected abstract Plan plan(MethodSettings settings, MethodOptions options);
}
