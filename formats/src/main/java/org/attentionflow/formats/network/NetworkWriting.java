package org.attentionflow.formats.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.json.JsonOutput;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.tensor.Matrix;

/** Writes the networks that the builders of Algorithms 1 and 2 make. */
final class NetworkWriting {
  private NetworkWriting() {}

  static void write(StoredNetwork stored, Appendable out) throws IOException {
    FlowNetwork network = stored.network();
    List<ArcBlock> chain = chain(network);
    boolean backward = chain.get(chain.size() - 1) == tokenBlock(network);
    int layers = chain.size() - 2;
    JsonOutput json = new JsonOutput(out);
    json.beginObject();
    json.name("name").value(stored.name());
    json.name("layers").value(layers);
    json.name("tokens").value(network.tokenCount());
    json.name("orientation").value(backward ? "backward" : "forward");
    ArcBlock first = chain.get(0);
    ArcBlock last = chain.get(layers + 1);
    writeTerminals(backward ? first : last, backward ? last : first, json);
    json.name("returnCapacity").value(network.returnCapacity());
    if (stored.barrierParameter().isPresent()) {
      json.name("barrierParameter").value(stored.barrierParameter().getAsDouble());
    }
    if (stored.relativeBarrierParameter().isPresent()) {
      json.name("relativeBarrierParameter");
      json.value(stored.relativeBarrierParameter().getAsDouble());
    }
    if (network.scale() != 1) {
      json.name("scale").value(network.scale());
    }
    json.name("capacity").beginArray();
    for (int layer = 0; layer < layers; layer++) {
      Matrix capacity = chain.get(backward ? layers - layer : layer + 1).capacity();
      writeLayer(backward ? capacity : capacity.transposed(), json);
    }
    json.endArray().endObject();
    out.append('\n');
  }

  private static ArcBlock tokenBlock(FlowNetwork network) {
    return network.blocks().get(network.tokenBlocks().get(0));
  }

  /** The blocks from super-source to super-sink. */
  private static List<ArcBlock> chain(FlowNetwork network) {
    List<ArcBlock> chain = new ArrayList<>();
    if (!network.isAcyclic()) {
      throw notLayered();
    }
    for (int group = network.source(); group != network.sink(); ) {
      int at = group;
      List<ArcBlock> next = network.blocks().stream().filter(b -> b.tail() == at).toList();
      if (next.size() != 1 || next.get(0).shape() != ArcBlock.Shape.DENSE) {
        throw notLayered();
      }
      chain.add(next.get(0));
      group = next.get(0).head();
    }
    boolean allBlocks = chain.size() == network.blocks().size() && chain.size() > 2;
    if (!allBlocks || network.tokenBlocks().size() != 1) {
      throw notLayered();
    }
    for (ArcBlock block : chain.subList(1, chain.size() - 1)) {
      if (block.capacity().rowCount() != block.capacity().columnCount()) {
        throw notLayered();
      }
    }
    return chain;
  }

  private static UnusableInputException notLayered() {
    return new UnusableInputException(
        "Only a plain stack of layers of one size can be written as a network file.");
  }

  private static void writeTerminals(ArcBlock top, ArcBlock tokens, JsonOutput json)
      throws IOException {
    json.name("terminalCapacity");
    double capacity = top.capacity().get(0);
    if (isUniform(top, capacity) && isUniform(tokens, capacity)) {
      json.value(capacity);
      return;
    }
    json.beginObject().name("top");
    writeArray(top.capacity().values(), json);
    json.name("tokens");
    writeArray(tokens.capacity().values(), json);
    json.endObject();
  }

  private static boolean isUniform(ArcBlock block, double capacity) {
    for (double value : block.capacity().values()) {
      if (Double.compare(value, capacity) != 0) {
        return false;
      }
    }
    return true;
  }

  private static void writeLayer(Matrix layer, JsonOutput json) throws IOException {
    json.beginArray();
    for (int query = 0; query < layer.rowCount(); query++) {
      json.beginArray();
      for (int key = 0; key < layer.columnCount(); key++) {
        json.value(layer.get(query, key));
      }
      json.endArray();
    }
    json.endArray();
  }

  private static void writeArray(double[] values, JsonOutput json) throws IOException {
    json.beginArray();
    for (double value : values) {
      json.value(value);
    }
    json.endArray();
  }
}
