package org.attentionflow.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.Session;
import org.tensorflow.types.TString;

/** Gives the variables of a SavedModel the values that lie beside its graph. */
final class Variables {
  private static final String PREFIX = "variables";
  private static final String ASSETS = "assets";

  private Variables() {}

  /**
   * Checks that the files are there, before anything native runs.
   *
   * @throws UnusableInputException if the graph has variables, but the model no values for them
   */
  static void check(GraphPlan plan, ModelFiles files) {
    if (!plan.hasVariables()) {
      return;
    }
    if (plan.restore().restore() == null) {
      throw new UnusableInputException(
          ("The graph " + files.graph() + " has variables, but no way to restore them.")
              + " Maybe it was not frozen; give the SavedModel it came from.");
    }
    Path index = files.variables().resolve(PREFIX + ".index");
    if (!Files.isRegularFile(index)) {
      throw missing(index);
    }
    boolean hasData =
        files.modelFiles().stream()
            .anyMatch(file -> file.getFileName().toString().startsWith(PREFIX + ".data-"));
    if (!hasData) {
      throw missing(files.variables().resolve(PREFIX + ".data-00000-of-00001"));
    }
  }

  private static UnusableInputException missing(Path file) {
    return new UnusableInputException(
        "The SavedModel lacks " + file + ". Maybe the download is incomplete.");
  }

  /** Restores the variables, and runs what the model wants to run at its start. */
  static void restore(GraphPlan plan, ModelFiles files, Session session) {
    RestorePlan restore = plan.restore();
    if (!plan.hasVariables() && restore.start() == null) {
      return;
    }
    Path beside = Objects.requireNonNull(files.graph().getParent());
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (RealFolder folder = RealFolder.of(beside, temporary, List.of(PREFIX, ASSETS))) {
      if (plan.hasVariables() && restore.fileName() != null && restore.restore() != null) {
        String prefix = folder.path().resolve(PREFIX).resolve(PREFIX).toString();
        run(session, Map.of(restore.fileName(), prefix), restore.restore());
      }
      if (restore.start() != null) {
        Map<TensorName, String> feeds = new HashMap<>();
        for (Map.Entry<TensorName, String> asset : restore.assets().entrySet()) {
          feeds.put(asset.getKey(), folder.path().resolve(asset.getValue()).toString());
        }
        run(session, feeds, restore.start());
      }
    } catch (IOException failure) {
      throw new UnusableInputException(
          "The variables beside " + files.graph() + " cannot be copied: " + failure + ".", failure);
    }
  }

  private static void run(Session session, Map<TensorName, String> feeds, String node) {
    List<TString> tensors = new ArrayList<>();
    try {
      Session.Runner runner = session.runner();
      for (Map.Entry<TensorName, String> feed : feeds.entrySet()) {
        TString text = TString.scalarOf(feed.getValue());
        tensors.add(text);
        runner.feed(feed.getKey().node(), feed.getKey().index(), text);
      }
      runner.addTarget(node).run().close();
    } catch (RuntimeException failure) {
      throw NativeFailure.of("Restoring the variables of the SavedModel", failure);
    } finally {
      tensors.forEach(TString::close);
    }
  }
}
