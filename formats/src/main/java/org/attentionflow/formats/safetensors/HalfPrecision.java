package org.attentionflow.formats.safetensors;

/** Turns the two 16-bit floating-point formats into 32-bit floats, which hold them exactly. */
final class HalfPrecision {
  private static final int EXPONENT = 0x1f;
  private static final int FRACTION_BITS = 10;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;

  private HalfPrecision() {}

  /** The upper half of a 32-bit float; the lower half is zero. */
  static float fromBf16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** IEEE 754 binary16: sign, 5 bits of exponent (bias 15), 10 bits of fraction. */
  static float fromF16(short bits) {
    int exponent = (bits >> FRACTION_BITS) & EXPONENT;
    int fraction = bits & FRACTION;
    int sign = (bits & 0x8000) << 16;
    if (exponent == 0) {
      // Subnormal: fraction * 2^-24.
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    // The bias of a 32-bit float is 127; the largest exponent stands for infinity and NaN.
    int wide = exponent == EXPONENT ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }
}
