package org.attentionflow.tensorflow;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Reads graphs from files that may hold anything. */
final class GraphReader {
  /** A constant can be written as one number and a shape; more than this is no honest model. */
  private static final long MOST_BYTES = 1L << 30;

  private GraphReader() {}

  /** The contents of {@code saved_model.pb}. */
  static SavedModel savedModel(Path file) {
    SavedModel model = parse(file, SavedModel.parser(), "SavedModel");
    if (model.getMetaGraphsCount() == 0) {
      throw new UnusableInputException(
          "The file " + file + " has no graph. Maybe it is no SavedModel, or damaged.");
    }
    return model;
  }

  /** The contents of a frozen graph. */
  static GraphDef frozen(Path file) {
    GraphDef graph = parse(file, GraphDef.parser(), "frozen graph");
    if (graph.getNodeCount() == 0) {
      throw new UnusableInputException(
          "The file " + file + " has no node. Maybe it is no frozen graph, or damaged.");
    }
    return graph;
  }

  private static <M> M parse(Path file, Parser<M> parser, String form) {
    try (InputStream stream = Files.newInputStream(file)) {
      if (Files.size(file) > Integer.MAX_VALUE) {
        throw new UnusableInputException(
            "The file " + file + " is larger than 2 GiB, the most TensorFlow reads as one graph.");
      }
      CodedInputStream input = CodedInputStream.newInstance(stream);
      input.setSizeLimit(Integer.MAX_VALUE);
      return parser.parseFrom(input);
    } catch (InvalidProtocolBufferException malformed) {
      throw new UnusableInputException(
          ("The file " + file + " is no readable " + form + ": " + NativeFailure.line(malformed))
              + ". Maybe it is damaged or incomplete.",
          malformed);
    } catch (IOException failure) {
      throw new UnusableInputException(
          "The file " + file + " cannot be read: " + failure.getMessage() + ".", failure);
    }
  }

  /**
   * Checks that constants are not larger than what could stand in a file.
   *
   * @throws UnusableInputException if one claims to be
   */
  static void checkConstants(GraphDef graph) {
    checkConstants(graph.getNodeList());
    for (FunctionDef function : graph.getLibrary().getFunctionList()) {
      checkConstants(function.getNodeDefList());
    }
  }

  private static void checkConstants(List<NodeDef> nodes) {
    for (NodeDef node : nodes) {
      if (node.getOp().equals("Const")) {
        checkClaim(node.getName(), Nodes.constant(node));
      }
    }
  }

  private static void checkClaim(String name, TensorProto tensor) {
    long elements = 1;
    for (TensorShapeProto.Dim dimension : tensor.getTensorShape().getDimList()) {
      long size = dimension.getSize();
      if (size < 0 || (size > 0 && elements > MOST_BYTES / size)) {
        throw new UnusableInputException(
            ("The constant " + name + " of the graph claims the size " + size + " on an axis.")
                + " Maybe the file is damaged.");
      }
      elements *= size;
    }
    long stored = tensor.getTensorContent().size();
    long needed = elements * (tensor.getDtype() == DataType.DT_FLOAT ? Float.BYTES : 1);
    if (stored > 0 && stored < needed) {
      throw new UnusableInputException(
          ("The constant " + name + " of the graph has " + stored + " bytes instead of at least ")
              + (needed + ". Maybe the file is damaged."));
    }
  }
}
