package org.attentionflow.tensorflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.RewriterConfig;

/**
 * A graph in native memory, with gradients added and variables restored. Running it is safe for
 * several threads at once.
 */
final class NativeGraph implements AutoCloseable {
  private static final String STATES =
      "queries, keys and values of a layer are not plain projections of one tensor, for example"
          + " because heads share keys, or the logits do not come through one behind the last layer";

  private static final String WORDS = "the ids do not choose from just one table";

  private final GraphPlan plan;
  private final Graph graph;
  private final Session session;
  private List<TensorName> attention = List.of();
  private List<TensorName> attentionGradients = List.of();
  private List<TensorName> hiddenStates = List.of();
  private List<TensorName> hiddenStateGradients = List.of();
  private @Nullable TensorName embedding;
  private @Nullable TensorName embeddingGradient;

  private NativeGraph(GraphPlan plan, Graph graph, Session session) {
    this.plan = plan;
    this.graph = graph;
    this.session = session;
  }

  /** Imports a graph, differentiates it and restores its variables. */
  static NativeGraph open(
      StoredModel model, GraphPlan plan, ModelFiles files, EngineSettings settings) {
    return open(new Graph(), model, plan, files, configuration(settings));
  }

  /**
   * The same in a graph that is still empty.
   *
   * @param graph closed if this fails
   */
  static NativeGraph open(
      Graph graph, StoredModel model, GraphPlan plan, ModelFiles files, ConfigProto settings) {
    String doing = "Reading";
    @Nullable Session session = null;
    boolean isOpen = false;
    try {
      graph.importGraphDef(
          plan.graph(
              model.graph(), CotangentNodes.of(plan.logits(), type(plan.flat(), plan.logits()))));
      doing = "Opening";
      session = new Session(graph, false, settings);
      NativeGraph opened = new NativeGraph(plan, graph, session);
      opened.differentiate();
      Variables.restore(plan, files, session);
      isOpen = true;
      return opened;
    } catch (RuntimeException failure) {
      throw NativeFailure.of(doing + " the graph " + files.graph(), failure);
    } finally {
      if (!isOpen) {
        close(session, graph);
      }
    }
  }

  /**
   * The intra-op threads belong to the whole process: the first session decides how many there are.
   */
  static ConfigProto configuration(EngineSettings settings) {
    // TensorFlow rewrites a graph depending on what is fetched, with other roundings and, for some
    // activation functions, coarser approximations. A prediction has to be that of the capture. It
    // also ends the process over some graphs that it cannot rewrite.
    RewriterConfig asWritten = RewriterConfig.newBuilder().setDisableMetaOptimizer(true).build();
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(settings.nativeThreads())
        .setInterOpParallelismThreads(1)
        .setAllowSoftPlacement(true)
        .putDeviceCount("GPU", 0)
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(asWritten))
        .build();
  }

  private static DataType type(FlatGraph flat, TensorName tensor) {
    NodeDef node = flat.producer(tensor);
    String attribute = node.getOp().equals("Cast") ? "DstT" : "T";
    AttrValue type = node.getAttrMap().get(attribute);
    return type == null ? DataType.DT_FLOAT : type.getType();
  }

  private void differentiate() {
    TensorName ids = plan.signature().ids();
    HiddenStateFinder finder = new HiddenStateFinder(plan.flat(), ids);
    TensorShapes shapes = new TensorShapes(graph);
    List<TensorName> layers = plan.attention().stream().map(Attention::probabilities).toList();
    List<TensorName> hidden = finder.hiddenStates(plan.attention(), plan.logits(), shapes::rank);
    Optional<TensorName> words = finder.wordEmbeddings();
    List<TensorName> all = new ArrayList<>(layers);
    all.addAll(hidden);
    words.ifPresent(all::add);
    List<TensorName> gradients =
        asFloats(Differentiation.add(graph, "gradients", all, plan.flat()));
    List<TensorName> values = asFloats(all);
    int first = layers.size();
    int last = first + hidden.size();
    attention = values.subList(0, first);
    attentionGradients = gradients.subList(0, first);
    hiddenStates = values.subList(first, last);
    hiddenStateGradients = gradients.subList(first, last);
    if (words.isPresent()) {
      embedding = values.get(last);
      embeddingGradient = gradients.get(last);
    }
  }

  /** The same tensors in 32 bits. */
  private List<TensorName> asFloats(List<TensorName> tensors) {
    List<TensorName> floats = new ArrayList<>();
    for (TensorName tensor : tensors) {
      Output<?> output = Differentiation.output(graph, tensor);
      if (output.dataType() == DataType.DT_FLOAT) {
        floats.add(tensor);
        continue;
      }
      String name = "attention_flow/float/" + tensor.node() + "_" + tensor.index();
      graph
          .opBuilder("Cast", name, graph.baseScope())
          .addInput(output)
          .setAttr("DstT", DataType.DT_FLOAT)
          .build();
      floats.add(TensorName.of(name));
    }
    return floats;
  }

  GraphPlan plan() {
    return plan;
  }

  Session session() {
    return session;
  }

  TensorShapes shapes() {
    return new TensorShapes(graph);
  }

  /** The attention of each layer. */
  List<TensorName> attention() {
    return attention;
  }

  /** The gradients of the attention of each layer. */
  List<TensorName> attentionGradients() {
    return attentionGradients;
  }

  /** Whether the hidden states were found. */
  boolean hasHiddenStates() {
    return !hiddenStates.isEmpty();
  }

  /**
   * The hidden states.
   *
   * @throws UnusableInputException if they were not found
   */
  List<TensorName> hiddenStates() {
    requireFound(!hiddenStates.isEmpty(), "hidden states", STATES);
    return hiddenStates;
  }

  /** The gradients of the hidden states. */
  List<TensorName> hiddenStateGradients() {
    requireFound(!hiddenStates.isEmpty(), "hidden states", STATES);
    return hiddenStateGradients;
  }

  /**
   * The word embeddings.
   *
   * @throws UnusableInputException if they were not found
   */
  TensorName embedding() {
    requireFound(embedding != null, "word embeddings", WORDS);
    return Objects.requireNonNull(embedding);
  }

  /** The gradient of the word embeddings. */
  TensorName embeddingGradient() {
    requireFound(embeddingGradient != null, "word embeddings", WORDS);
    return Objects.requireNonNull(embeddingGradient);
  }

  private static void requireFound(boolean found, String what, String why) {
    if (!found) {
      throw new UnusableInputException(
          ("The " + what + " of the graph were not found: " + why + ". Its attention was found.")
              + " Maybe use a method that needs attention alone.");
    }
  }

  @Override
  public void close() {
    close(session, graph);
  }

  private static void close(@Nullable Session session, Graph graph) {
    try (graph) {
      if (session != null) {
        session.close();
      }
    }
  }
}
