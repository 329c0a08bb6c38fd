package org.attentionflow.attribution;

import org.attentionflow.plugin.Plugin;

/** A way to give each token a score. Stateless; what it needs is resolved by {@link #prepare}. */
public interface AttributionMethod extends Plugin {
  /**
   * Resolves everything the settings name.
   *
   * @throws org.attentionflow.failure.UnusableInputException if a part is missing or does not fit
   */
  Attributor prepare(MethodSettings settings);
}
