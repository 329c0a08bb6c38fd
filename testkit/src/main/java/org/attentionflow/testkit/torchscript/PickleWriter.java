package org.attentionflow.testkit.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes modules and tensors as a pickle of protocol 2, with the opcodes and in the order of
 * PyTorch's own pickler. Python's documentation of {@code pickletools} describes the opcodes.
 */
final class PickleWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<String, Integer> memo = new HashMap<>();
  private final List<StoredTensor> storages = new ArrayList<>();

  PickleWriter() {
    put(0x80);
    put(2);
  }

  /** The tensors in the order of their storages: the elements of number n are the entry n. */
  List<StoredTensor> storages() {
    return storages;
  }

  /** Ends the pickle. */
  byte[] end() {
    put('.');
    return bytes.toByteArray();
  }

  /** An object whose state is a dictionary of its attributes. */
  void module(TracedModule module) {
    global(module.type());
    put(')');
    put(0x81);
    put('}');
    put('(');
    module
        .tensors()
        .forEach(
            (name, tensor) -> {
              text(name);
              tensor(tensor);
            });
    text("training");
    put(0x89);
    text("_is_full_backward_hook");
    put('N');
    module
        .children()
        .forEach(
            (name, child) -> {
              text(name);
              module(child);
            });
    put('u');
    put('b');
  }

  /** A tuple of three tensors at the most, or of more behind a mark. */
  void tuple(List<StoredTensor> tensors) {
    put('(');
    tensors.forEach(this::tensor);
    put('t');
  }

  /** _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks). */
  private void tensor(StoredTensor tensor) {
    global("torch._utils._rebuild_tensor_v2");
    put('(');
    storage(tensor);
    integer(0);
    put('(');
    for (int size : tensor.shape()) {
      integer(size);
    }
    put('t');
    put('(');
    int stride = tensor.count();
    for (int size : tensor.shape()) {
      stride /= size;
      integer(stride);
    }
    put('t');
    put(tensor.isParameter() ? 0x88 : 0x89);
    global("collections.OrderedDict");
    put(')');
    put('R');
    put('t');
    put('R');
  }

  /** The persistent id ('storage', class, key, device, number of elements). */
  private void storage(StoredTensor tensor) {
    put('(');
    text("storage");
    global("torch." + tensor.storage());
    text(Integer.toString(storages.size()));
    text("cpu");
    integer(tensor.count());
    put('t');
    put('Q');
    storages.add(tensor);
  }

  private void global(String name) {
    int dot = name.lastIndexOf('.');
    String line = name.substring(0, dot) + "\n" + name.substring(dot + 1) + "\n";
    remembered(
        "c" + line,
        () -> {
          put('c');
          bytes.writeBytes(line.getBytes(StandardCharsets.UTF_8));
        });
  }

  private void text(String text) {
    remembered(
        "X" + text,
        () -> {
          byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
          put('X');
          putInt(encoded.length);
          bytes.writeBytes(encoded);
        });
  }

  /** What was written before is written as a reference to it. */
  private void remembered(String key, Runnable write) {
    Integer known = memo.get(key);
    if (known == null) {
      write.run();
      reference('q', 'r', memo.size());
      memo.put(key, memo.size());
    } else {
      reference('h', 'j', known);
    }
  }

  private void reference(int shortOpcode, int longOpcode, int index) {
    if (index < 256) {
      put(shortOpcode);
      put(index);
    } else {
      put(longOpcode);
      putInt(index);
    }
  }

  private void integer(int value) {
    if (value < 256) {
      put('K');
      put(value);
    } else if (value < 65536) {
      put('M');
      put(value & 0xff);
      put(value >> 8);
    } else {
      put('J');
      putInt(value);
    }
  }

  private void put(int octet) {
    bytes.write(octet);
  }

  private void putInt(int value) {
    ByteBuffer four = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.writeBytes(four.putInt(value).array());
  }
}
