package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** What the elements of a tensor are. */
public enum ElementType {
  /** 32-bit floats. */
  FLOAT(DataType.FLOAT, 4),
  /** 64-bit floats. */
  DOUBLE(DataType.DOUBLE, 8),
  /** 16-bit floats of IEEE 754. */
  FLOAT16(DataType.FLOAT16, 2),
  /** 16-bit floats with the exponent of 32-bit ones. */
  BFLOAT16(DataType.BFLOAT16, 2),
  /** 64-bit integers: ids, shapes and indices. */
  INT64(DataType.INT64, 8),
  /** 32-bit integers. */
  INT32(DataType.INT32, 4),
  /** 8-bit integers with sign. */
  INT8(DataType.INT8, 1),
  /** 8-bit integers without sign. */
  UINT8(DataType.UINT8, 1),
  /** Truth values. */
  BOOL(DataType.BOOL, 1),
  /** 16-bit integers with sign. */
  INT16(DataType.INT16, 2),
  /** 16-bit integers without sign. */
  UINT16(DataType.UINT16, 2),
  /** 32-bit integers without sign. */
  UINT32(DataType.UINT32, 4),
  /** 64-bit integers without sign. */
  UINT64(DataType.UINT64, 8),
  /** Anything else, and what is no tensor. */
  OTHER(DataType.UNDEFINED, 0);

  private final DataType stored;
  private final int byteCount;

  ElementType(DataType stored, int byteCount) {
    this.stored = stored;
    this.byteCount = byteCount;
  }

  /** The type with a number of the ONNX format. */
  public static ElementType ofCode(int code) {
    for (ElementType type : values()) {
      if (type.code() == code) {
        return type;
      }
    }
    return OTHER;
  }

  /** The number of the type in the ONNX format. */
  public int code() {
    return stored.getNumber();
  }

  /** The bytes of an element; 0 if it is not known. */
  public int byteCount() {
    return byteCount;
  }

  /** Whether elements are floating-point numbers, the only ones that have derivatives. */
  public boolean isFloating() {
    return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
  }
}
