package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * Where in an ONNX file the bytes of its larger weights lie. A graph that names these places, as
 * one with external data does, is small: the runtime maps the weights from the file, and no copy of
 * them has to be in memory for the moment in which it is handed over.
 */
final class StoredWeights implements WeightPlaces {
  /** Smaller tensors stay in the graph: shapes may depend on them. */
  private static final int FEWEST_BYTES = 4096;

  private static final int GRAPH = tag(ModelProto.GRAPH_FIELD_NUMBER);
  private static final int WEIGHT = tag(GraphProto.INITIALIZER_FIELD_NUMBER);
  private static final int NAME = tag(TensorProto.NAME_FIELD_NUMBER);
  private static final int BYTES = tag(TensorProto.RAW_DATA_FIELD_NUMBER);

  /** Bytes of a file. */
  private record Place(long offset, long length) {}

  /** What tells that a file is still the one that was read. */
  private record State(@Nullable Object key, long size, FileTime modified) {
    static State of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new State(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
    }
  }

  private final Path file;
  private final State state;
  private final Map<TensorProto, Place> places = new IdentityHashMap<>();

  private StoredWeights(Path file, State state) {
    this.file = file;
    this.state = state;
  }

  /**
   * Finds the weights of a file.
   *
   * @param path the file; behind a link, what it leads to
   * @param bytes what it holds
   * @param model the same
   */
  static StoredWeights of(Path path, ByteBuffer bytes, ModelProto model) throws IOException {
    Path file = path.toRealPath();
    StoredWeights weights = new StoredWeights(file, State.of(file));
    Map<String, Place> byName = new HashMap<>();
    addModel(CodedInputStream.newInstance(bytes.duplicate()), byName);
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      Place place = byName.get(tensor.getName());
      if (place != null && place.length() == tensor.getRawData().size()) {
        weights.places.put(tensor, place);
      }
    }
    return weights;
  }

  /** How a field that is preceded by its length begins (protobuf, Encoding). */
  private static int tag(int field) {
    return (field << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  private static void addModel(CodedInputStream stream, Map<String, Place> places)
      throws IOException {
    for (int tag = stream.readTag(); tag != 0; tag = stream.readTag()) {
      if (tag == GRAPH) {
        int outer = stream.pushLimit(stream.readRawVarint32());
        addGraph(stream, places);
        stream.popLimit(outer);
      } else {
        stream.skipField(tag);
      }
    }
  }

  private static void addGraph(CodedInputStream stream, Map<String, Place> places)
      throws IOException {
    for (int tag = stream.readTag(); tag != 0; tag = stream.readTag()) {
      if (tag == WEIGHT) {
        int outer = stream.pushLimit(stream.readRawVarint32());
        addTensor(stream, places);
        stream.popLimit(outer);
      } else {
        stream.skipField(tag);
      }
    }
  }

  private static void addTensor(CodedInputStream stream, Map<String, Place> places)
      throws IOException {
    String name = "";
    Place place = new Place(0, 0);
    for (int tag = stream.readTag(); tag != 0; tag = stream.readTag()) {
      if (tag == NAME) {
        name = stream.readString();
      } else if (tag == BYTES) {
        int length = stream.readRawVarint32();
        place = new Place(stream.getTotalBytesRead(), length);
        stream.skipRawBytes(length);
      } else {
        stream.skipField(tag);
      }
    }
    if (place.length() >= FEWEST_BYTES) {
      places.put(name, place);
    }
  }

  @Override
  public Path folder() {
    Path folder = file.getParent();
    return folder == null ? file : folder;
  }

  /**
   * A model with places instead of the weights that are in the file.
   *
   * @throws UnusableInputException if the file has changed since it was read
   */
  @Override
  public ModelProto inPlace(ModelProto model) {
    try {
      if (!State.of(file).equals(state)) {
        throw new UnusableInputException(
            file + " has changed since it was opened. Maybe run the command again.");
      }
    } catch (IOException failure) {
      throw new UnusableInputException(
          file + " cannot be read any more: " + failure.getMessage() + ".", failure);
    }
    GraphProto.Builder graph = model.getGraph().toBuilder().clearInitializer();
    List<TensorProto> weights = model.getGraph().getInitializerList();
    for (TensorProto tensor : weights) {
      Place place = places.get(tensor);
      graph.addInitializer(place == null ? tensor : at(place, tensor));
    }
    return model.toBuilder().setGraph(graph).build();
  }

  private TensorProto at(Place place, TensorProto tensor) {
    return tensor.toBuilder()
        .clearRawData()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", String.valueOf(file.getFileName())))
        .addExternalData(entry("offset", String.valueOf(place.offset())))
        .addExternalData(entry("length", String.valueOf(place.length())))
        .build();
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
