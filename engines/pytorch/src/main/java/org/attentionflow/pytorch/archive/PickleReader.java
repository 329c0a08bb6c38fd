package org.attentionflow.pytorch.archive;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickles of a TorchScript archive. No class is loaded and no function called: objects
 * become descriptions. Every claim is checked that PyTorch believes when it reads the same bytes: a
 * tensor lies inside its storage, and a storage inside its entry of the archive.
 *
 * <p>The opcodes are those that PyTorch writes and reads; Python's documentation of {@code
 * pickletools} describes them.
 */
final class PickleReader {
  /** More than the largest model has; a pickle of so many values is refused. */
  static final int MOST_VALUES = 10_000_000;

  private static final Object MARK = new Object();

  /** Stands for Python's None, which Java's collections would not take as null. */
  private static final Object NONE = new Object();

  /** A class or a function, by its qualified name. */
  private record Global(String name) {}

  private record Tuple(List<Object> values) {}

  private record Storage(String type, long count) {}

  /** Says how many bytes an entry of the archive has; negative if there is no such entry. */
  interface Entries {
    long size(String key);
  }

  private final String file;
  private final ByteBuffer bytes;
  private final Entries storages;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PickleReader(String file, byte[] bytes, Entries storages) {
    this.file = file;
    this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.storages = storages;
  }

  /**
   * The value that a pickle describes.
   *
   * @param file what messages call it
   * @param storages the entries in which the tensors' elements lie
   * @throws MalformedArchiveException if it is damaged or claims what is not there
   */
  static Object read(String file, byte[] bytes, Entries storages) {
    PickleReader reader = new PickleReader(file, bytes, storages);
    try {
      return reader.run();
    } catch (BufferUnderflowException
        | IndexOutOfBoundsException
        | ArithmeticException
        | ClassCastException damaged) {
      throw reader.damaged("ends or goes astray at byte " + reader.bytes.position());
    }
  }

  private Object run() {
    while (true) {
      int opcode = bytes.get() & 0xff;
      if (opcode == '.') {
        return pop();
      }
      step(opcode);
      if (stack.size() > MOST_VALUES || memo.size() > MOST_VALUES) {
        throw damaged("describes more than " + MOST_VALUES + " values");
      }
    }
  }

  private void step(int opcode) {
    switch (opcode) {
      case 0x80 -> bytes.get();
      case 'N' -> stack.add(NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) (bytes.get() & 0xff));
      case 'M' -> stack.add((long) (bytes.getShort() & 0xffff));
      case 'J' -> stack.add((long) bytes.getInt());
      case 0x8a -> stack.add(longInteger());
      case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(bytes.getLong())));
      case 'X' -> stack.add(text(bytes.getInt()));
      case 'c' -> stack.add(new Global(line() + "." + line()));
      case 'q' -> memo.put(bytes.get() & 0xff, top());
      case 'r' -> memo.put(bytes.getInt(), top());
      case 'h' -> stack.add(remembered(bytes.get() & 0xff));
      case 'j' -> stack.add(remembered(bytes.getInt()));
      default -> stepOverSeveral(opcode);
    }
  }

  /** The opcodes that take values from the stack. */
  private void stepOverSeveral(int opcode) {
    switch (opcode) {
      case '(' -> stack.add(MARK);
      case ')' -> stack.add(new Tuple(List.of()));
      case 't' -> stack.add(new Tuple(popToMark()));
      case 0x85 -> stack.add(new Tuple(pop(1)));
      case 0x86 -> stack.add(new Tuple(pop(2)));
      case 0x87 -> stack.add(new Tuple(pop(3)));
      case ']' -> stack.add(new ArrayList<>());
      case 'l' -> stack.add(popToMark());
      case 'a' -> append(pop(1));
      case 'e' -> append(popToMark());
      case '}' -> stack.add(new LinkedHashMap<>());
      case 's' -> put(pop(2));
      case 'u' -> put(popToMark());
      case 0x81 -> newObject();
      case 'R' -> call();
      case 'b' -> build();
      case 'Q' -> stack.add(storage((Tuple) pop()));
      default ->
          throw damaged(
              String.format("has the opcode 0x%02x, which PyTorch does not write", opcode));
    }
  }

  private void newObject() {
    pop();
    stack.add(new PickledObject(((Global) pop()).name()));
  }

  /** Sets the attributes of the object on the stack; other states belong to classes without. */
  private void build() {
    Object state = pop();
    if (top() instanceof PickledObject object && state instanceof Map<?, ?> attributes) {
      object.set(attributes);
    }
  }

  private void call() {
    Tuple arguments = (Tuple) pop();
    Global function = (Global) pop();
    switch (function.name()) {
      case "torch._utils._rebuild_tensor_v2" -> stack.add(tensor(arguments.values()));
      case "collections.OrderedDict" -> stack.add(new LinkedHashMap<>());
      default -> stack.add(arguments.values().isEmpty() ? NONE : arguments.values().get(0));
    }
  }

  /** ('storage', class, key, device, number of elements). */
  private Storage storage(Tuple reference) {
    String type = ((Global) reference.values().get(1)).name().replaceFirst("^torch\\.", "");
    String key = (String) reference.values().get(2);
    long count = (long) reference.values().get(4);
    long available = storages.size(key);
    if (available < 0) {
      throw damaged("needs the storage " + key + ", which is not in the archive");
    }
    if (count < 0 || Math.multiplyExact(count, elementSize(type)) > available) {
      throw damaged(
          "claims "
              + count
              + " elements of "
              + type
              + " in "
              + key
              + ", which has "
              + available
              + " bytes");
    }
    return new Storage(type, count);
  }

  private long elementSize(String type) {
    return switch (type) {
      case "ComplexDoubleStorage" -> 16;
      case "DoubleStorage", "LongStorage", "ComplexFloatStorage" -> 8;
      case "FloatStorage", "IntStorage", "QInt32Storage" -> 4;
      case "HalfStorage", "BFloat16Storage", "ShortStorage" -> 2;
      case "ByteStorage", "CharStorage", "BoolStorage", "QInt8Storage", "QUInt8Storage" -> 1;
      default -> throw damaged("has tensors of the kind " + type + ", which is not supported");
    };
  }

  /** (storage, offset, sizes, strides, …): the last element has to lie inside the storage. */
  private StoredTensor tensor(List<Object> arguments) {
    Storage storage = (Storage) arguments.get(0);
    long last = (long) arguments.get(1);
    List<Object> strides = ((Tuple) arguments.get(3)).values();
    List<Long> shape = new ArrayList<>();
    boolean empty = false;
    boolean negative = last < 0;
    for (Object entry : ((Tuple) arguments.get(2)).values()) {
      long size = (long) entry;
      long stride = (long) strides.get(shape.size());
      negative |= size < 0 || stride < 0;
      empty |= size == 0;
      last = Math.addExact(last, Math.multiplyExact(Math.max(0, size - 1), stride));
      shape.add(size);
    }
    if (negative || (!empty && last >= storage.count())) {
      throw damaged("has a tensor " + shape + " that does not fit in its storage");
    }
    return new StoredTensor(shape, storage.type());
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) {
    ((List<Object>) top()).addAll(values);
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> entries) {
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i < entries.size(); i += 2) {
      map.put(entries.get(i), entries.get(i + 1));
    }
  }

  private Object remembered(int index) {
    Object value = memo.get(index);
    if (value == null) {
      throw damaged("refers to value " + index + ", which does not exist");
    }
    return value;
  }

  private Object top() {
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    return stack.remove(stack.size() - 1);
  }

  private List<Object> pop(int count) {
    List<Object> tail = stack.subList(stack.size() - count, stack.size());
    List<Object> values = new ArrayList<>(tail);
    tail.clear();
    return values;
  }

  private List<Object> popToMark() {
    List<Object> values = pop(stack.size() - stack.lastIndexOf(MARK) - 1);
    if (pop() != MARK) {
      throw damaged("closes a list that was not opened");
    }
    return values;
  }

  /** An integer of up to eight bytes, least significant byte first. */
  private long longInteger() {
    int count = bytes.get() & 0xff;
    if (count > Long.BYTES) {
      throw damaged("has an integer of " + count + " bytes");
    }
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (bytes.get() & 0xffL) << (8 * i);
    }
    int unused = 8 * (Long.BYTES - count);
    return count == 0 ? 0 : value << unused >> unused;
  }

  private String text(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw damaged("has a text of " + Integer.toUnsignedLong(length) + " bytes that is not there");
    }
    String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
    bytes.position(bytes.position() + length);
    return text;
  }

  private String line() {
    int from = bytes.position();
    while (bytes.get() != '\n') {
      // Goes on to the end of the line.
    }
    return new String(bytes.array(), from, bytes.position() - from - 1, StandardCharsets.UTF_8);
  }

  private MalformedArchiveException damaged(String how) {
    return new MalformedArchiveException(file + " " + how);
  }
}
