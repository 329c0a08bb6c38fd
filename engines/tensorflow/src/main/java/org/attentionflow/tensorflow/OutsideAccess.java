package org.attentionflow.tensorflow;

import java.util.Collection;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Refuses graphs that would do more than compute: a graph is a program, and TensorFlow has
 * operations that read and write files, run Python or talk to other machines. Of the operations
 * that TensorFlow itself calls stateful only those are let through that hold a model's variables.
 */
final class OutsideAccess {
  /** Operations that act on the world without being called stateful. */
  private static final Set<String> REFUSED =
      Set.of(
          "ReadFile",
          "ImmutableConst",
          "WriteFile",
          "MatchingFiles",
          "Save",
          "SaveV2",
          "SaveSlices",
          "MergeV2Checkpoints",
          "PyFuncStateless",
          "Print",
          "ShardedFilespec");

  /** What holds, reads or fills variables, or ends a run whose inputs are wrong. */
  private static final Set<String> ALLOWED =
      Set.of(
          "AssignVariableOp",
          "Restore",
          "RestoreV2",
          "RestoreSlice",
          "HashTableV2",
          "MutableHashTableV2",
          "LookupTableImportV2",
          "StatefulPartitionedCall",
          "PartitionedCall");

  private OutsideAccess() {}

  /**
   * Checks the nodes that would run.
   *
   * @throws UnusableInputException if one of them must not
   */
  static void check(Collection<NodeDef> nodes, OperationRegistry registry) {
    for (NodeDef node : nodes) {
      String operation = node.getOp();
      boolean stateful = registry.find(operation).map(OpDef::getIsStateful).orElse(false);
      if (stateful && (operation.startsWith("Random") || operation.startsWith("Multinomial"))) {
        throw new UnusableInputException(
            ("The graph draws random numbers, at " + node.getName() + " (" + operation + ").")
                + " Maybe it was saved for training, with dropout; save it for inference.");
      }
      if (REFUSED.contains(operation) || (stateful && !isAllowed(operation))) {
        throw new UnusableInputException(
            ("The graph would run " + operation + ", at " + node.getName() + ", which reaches")
                + " outside of the model. Maybe do not trust it.");
      }
    }
  }

  private static boolean isAllowed(String operation) {
    return ControlEdges.WITHOUT_EFFECT.contains(operation) || ALLOWED.contains(operation);
  }
}
