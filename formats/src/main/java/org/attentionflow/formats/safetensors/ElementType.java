package org.attentionflow.formats.safetensors;

import java.util.Optional;

/** The type of a tensor's elements, by the name the file format gives it. */
public enum ElementType {
  /** 64-bit floating point. */
  F64(8),
  /** 32-bit floating point. */
  F32(4),
  /** 16-bit floating point of IEEE 754: 5 bits of exponent, 10 of fraction. */
  F16(2),
  /** The upper half of a 32-bit float: 8 bits of exponent, 7 of fraction. */
  BF16(2),
  /** 64-bit integer. */
  I64(8),
  /** 32-bit integer. */
  I32(4),
  /** 16-bit integer. Can be present, not read. */
  I16(2),
  /** 8-bit integer. Can be present, not read. */
  I8(1),
  /** Unsigned 64-bit integer. Can be present, not read. */
  U64(8),
  /** Unsigned 32-bit integer. Can be present, not read. */
  U32(4),
  /** Unsigned 16-bit integer. Can be present, not read. */
  U16(2),
  /** Unsigned 8-bit integer. Can be present, not read. */
  U8(1),
  /** Truth value. Can be present, not read. */
  BOOL(1),
  /** 8-bit floating point with 4 bits of exponent. Can be present, not read. */
  F8_E4M3(1),
  /** 8-bit floating point with 5 bits of exponent. Can be present, not read. */
  F8_E5M2(1);

  private final int byteCount;

  ElementType(int byteCount) {
    this.byteCount = byteCount;
  }

  /** The number of bytes of one element. */
  public int byteCount() {
    return byteCount;
  }

  /** Whether the elements are real numbers that can be read as floats. */
  public boolean isReadableAsFloat() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** Whether the elements are whole numbers that can be read as longs. */
  public boolean isReadableAsLong() {
    return this == I64 || this == I32;
  }

  /** The type with a name, if there is one. */
  static Optional<ElementType> named(String name) {
    for (ElementType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
