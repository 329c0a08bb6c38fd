package org.attentionflow.tensor;

/** In how many bits the elements of a matrix are kept. */
public enum Precision {
  /** 64 bits. */
  DOUBLE(Double.BYTES),
  /** 32 bits: half the memory, elements rounded to 24 binary digits. */
  FLOAT(Float.BYTES);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** The bytes of an element. */
  public int bytes() {
    return bytes;
  }
}
