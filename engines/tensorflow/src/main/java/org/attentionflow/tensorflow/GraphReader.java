package org.attentionflow.tensorflow;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SavedModel;

/** Reads graphs from files that may hold anything. */
final class GraphReader {
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
}
