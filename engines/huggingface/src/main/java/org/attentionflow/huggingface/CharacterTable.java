package org.attentionflow.huggingface;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;

/**
 * The table by which SentencePiece replaces characters, as tokenizers carry it in base 64: the
 * number of bytes of a trie, the trie, and what the trie's values are places in.
 *
 * <p>The trie is a double array (J. Aoe, "An efficient digital search algorithm by using a
 * double-array structure", 1989) in the layout of the library Darts-clone. A unit holds its label
 * in bits 0 to 7 and 31, whether a value belongs to it in bit 8, and from bit 10 on the distance to
 * its children, 256-fold if bit 9 is set. The native library looks up units and values without
 * asking whether they are there.
 */
final class CharacterTable {
  /** The entry that holds it. */
  static final String KEY = "precompiled_charsmap";

  private static final int LABEL = 1 << 31 | 0xff;
  private static final int LABELS = 256;

  private final IntBuffer units;
  private final byte[] replacements;

  private CharacterTable(IntBuffer units, byte[] replacements) {
    this.units = units;
    this.replacements = replacements;
  }

  /** Whether every place that any text leads to is inside the table. */
  static boolean isSound(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
    // Java forgives missing padding, the native library does not.
    if (bytes.length < Integer.BYTES || !Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      return false;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long unitCount = Integer.toUnsignedLong(buffer.getInt()) / Integer.BYTES;
    if (unitCount == 0 || unitCount * Integer.BYTES > buffer.remaining()) {
      return false;
    }
    IntBuffer units = buffer.asIntBuffer().limit((int) unitCount);
    int start = Integer.BYTES + (int) unitCount * Integer.BYTES;
    byte[] replacements = new byte[bytes.length - start];
    System.arraycopy(bytes, start, replacements, 0, replacements.length);
    return isText(replacements) && new CharacterTable(units, replacements).staysInside();
  }

  private static boolean isText(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException broken) {
      return false;
    }
  }

  /** Follows every label from every place that can be reached. */
  private boolean staysInside() {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    open.add(distance(units.get(0)));
    while (!open.isEmpty()) {
      int place = open.pop();
      // The children of a place differ from it in the last eight bits alone.
      if ((place | LABELS - 1) >= units.limit()) {
        return false;
      }
      if (seen.get(place)) {
        continue;
      }
      seen.set(place);
      for (int label = 1; label < LABELS; label++) {
        int child = place ^ label;
        int unit = units.get(child);
        if ((unit & LABEL) == label) {
          int below = child ^ distance(unit);
          boolean hasValue = (unit >>> 8 & 1) == 1;
          if (hasValue && (below >= units.limit() || !isReplacement(units.get(below)))) {
            return false;
          }
          open.add(below);
        }
      }
    }
    return true;
  }

  /** At most 2³⁰, so that places are never negative. */
  private static int distance(int unit) {
    return unit >>> 10 << ((unit & 1 << 9) >>> 6);
  }

  /** Whether a value is a place between two characters. */
  private boolean isReplacement(int unit) {
    int place = unit & Integer.MAX_VALUE;
    return place == replacements.length
        || place < replacements.length && (replacements[place] & 0xc0) != 0x80;
  }
}
