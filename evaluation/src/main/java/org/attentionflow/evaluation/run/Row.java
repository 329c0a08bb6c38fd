package org.attentionflow.evaluation.run;

import java.util.Set;
import org.attentionflow.attribution.Attributor;
import org.attentionflow.engine.Quantity;
import org.attentionflow.evaluation.experiment.MethodEntry;

/**
 * A method of an experiment, ready to score.
 *
 * @param entry the method with its settings
 * @param attributor the same, with every part it names
 */
record Row(MethodEntry entry, Attributor attributor) {
  String id() {
    return entry.id();
  }

  Set<Quantity> needs() {
    return attributor.needs();
  }
}
