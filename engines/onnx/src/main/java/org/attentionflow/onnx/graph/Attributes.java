package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.NodeProtoOrBuilder;
import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;

/** The attributes of a node by name, and new ones. */
public final class Attributes {
  private Attributes() {}

  /** A whole number, or the default if the node has no such attribute. */
  public static long integer(NodeProtoOrBuilder node, String name, long byDefault) {
    return find(node, name).map(AttributeProto::getI).orElse(byDefault);
  }

  /** A number, or the default if the node has no such attribute. */
  public static double number(NodeProtoOrBuilder node, String name, double byDefault) {
    return find(node, name).map(attribute -> (double) attribute.getF()).orElse(byDefault);
  }

  /** A text, or the default if the node has no such attribute. */
  public static String text(NodeProtoOrBuilder node, String name, String byDefault) {
    return find(node, name).map(attribute -> attribute.getS().toStringUtf8()).orElse(byDefault);
  }

  /** A list of whole numbers, if the node has such an attribute. */
  public static Optional<List<Long>> integers(NodeProtoOrBuilder node, String name) {
    return find(node, name).map(AttributeProto::getIntsList);
  }

  /** An attribute, if the node has it. */
  public static Optional<AttributeProto> find(NodeProtoOrBuilder node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst();
  }

  /** Takes an attribute away. */
  public static void remove(NodeProto.Builder node, String name) {
    for (int i = node.getAttributeCount() - 1; i >= 0; i--) {
      if (node.getAttribute(i).getName().equals(name)) {
        node.removeAttribute(i);
      }
    }
  }

  /** A new attribute with a whole number. */
  public static AttributeProto of(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  /** A new attribute with a number. */
  public static AttributeProto of(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  /** A new attribute with a text. */
  public static AttributeProto of(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** A new attribute with whole numbers. */
  public static AttributeProto of(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(values)
        .build();
  }
}
