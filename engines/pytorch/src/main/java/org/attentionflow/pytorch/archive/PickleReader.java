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
  /** Many more than the largest model has; a pickle of so many values or steps is refused. */
  static final int MOST_VALUES = 5_000_000;

  /** No tensor has so many elements, however often it repeats what it stores. */
  private static final long MOST_ELEMENTS = 1L << 40;

  /** Deeper brackets in the name of a type would exhaust the stack of PyTorch's parser. */
  private static final int DEEPEST_TYPE = 100;

  private static final Object MARK = new Object();

  /** Stands for Python's None, which Java's collections would not take as null. */
  private static final Object NONE = new Object();

  /** A class or a function, by its qualified name. */
  private record Global(String name) {}

  private static final class Tuple extends CompositeValue {
    private final List<Object> values;

    Tuple(List<Object> values) {
      this.values = values;
      values.forEach(this::take);
    }

    List<Object> values() {
      return values;
    }
  }

  /** A list; what it holds is of no importance here. */
  private static final class Sequence extends CompositeValue {}

  private static final class Dictionary extends CompositeValue {
    private final Map<Object, Object> entries = new LinkedHashMap<>();
  }

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
    for (int steps = 0; steps < MOST_VALUES; steps++) {
      int opcode = bytes.get() & 0xff;
      if (opcode == '.') {
        return pop();
      }
      step(opcode);
    }
    throw damaged("describes more than " + MOST_VALUES + " values");
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
      case 'q' -> remember(bytes.get() & 0xff);
      case 'r' -> remember(bytes.getInt());
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
      case ']' -> stack.add(new Sequence());
      case 'l' -> list(popToMark());
      case 'a' -> append(pop(1));
      case 'e' -> append(popToMark());
      case '}' -> stack.add(new Dictionary());
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
    if (top() instanceof PickledObject object) {
      object.take(state);
      if (state instanceof Dictionary attributes) {
        object.set(attributes.entries);
      }
    }
  }

  private void call() {
    Tuple arguments = (Tuple) pop();
    Global function = (Global) pop();
    switch (function.name()) {
      case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_qtensor" ->
          stack.add(tensor(arguments.values()));
      case "collections.OrderedDict" -> stack.add(new Dictionary());
      case "torch.jit._pickle.restore_type_tag" -> {
        checkType((String) arguments.values().get(1));
        stack.add(arguments.values().get(0));
      }
      case "torch.jit._pickle.build_intlist",
          "torch.jit._pickle.build_doublelist",
          "torch.jit._pickle.build_boollist",
          "torch.jit._pickle.build_tensorlist",
          "torch._utils._rebuild_parameter",
          "torch.device" ->
          stack.add(arguments.values().get(0));
      default -> {
        // An enumeration is called by its class; PyTorch would believe any other function's claims.
        if (!function.name().startsWith("__torch__.")) {
          throw damaged("calls " + function.name() + ", which is not supported");
        }
        stack.add(arguments);
      }
    }
  }

  private void checkType(String type) {
    int open = 0;
    for (int i = 0; i < type.length(); i++) {
      if (type.charAt(i) == '[' || type.charAt(i) == '(') {
        open++;
      }
      if (open > DEEPEST_TYPE) {
        throw damaged("has a type with more than " + DEEPEST_TYPE + " brackets");
      }
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
    List<Object> sizes = ((Tuple) arguments.get(2)).values();
    if (strides.size() != sizes.size()) {
      throw damaged(
          "has a tensor of " + sizes.size() + " sizes and " + strides.size() + " strides");
    }
    List<Long> shape = new ArrayList<>();
    boolean empty = false;
    boolean negative = last < 0;
    for (Object entry : sizes) {
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
    StoredTensor tensor = new StoredTensor(shape, storage.type());
    if (!empty && tensor.count() > MOST_ELEMENTS) {
      throw damaged("claims a tensor of " + tensor.count() + " elements");
    }
    return tensor;
  }

  private void list(List<Object> values) {
    stack.add(new Sequence());
    append(values);
  }

  private void append(List<Object> values) {
    values.forEach(((Sequence) top())::take);
  }

  /** Names of attributes are texts, keys of dictionaries texts or numbers. */
  private void put(List<Object> entries) {
    Dictionary dictionary = (Dictionary) top();
    for (int i = 0; i < entries.size(); i += 2) {
      Object key = entries.get(i);
      if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
        throw damaged("has a dictionary with a key that is neither text nor number");
      }
      dictionary.take(entries.get(i + 1));
      dictionary.entries.put(key, entries.get(i + 1));
    }
  }

  /** PyTorch's table of values to refer to is as long as the greatest index. */
  private void remember(int index) {
    if (index < 0 || index >= MOST_VALUES) {
      throw damaged("counts a value as number " + Integer.toUnsignedString(index));
    }
    memo.put(index, top());
  }

  private Object remembered(int index) {
    Object value = memo.get(index);
    if (value == null) {
      throw damaged("refers to value " + index + ", which does not exist");
    }
    return value;
  }

  private Object top() {
    return value(stack.get(stack.size() - 1));
  }

  private Object pop() {
    return value(stack.remove(stack.size() - 1));
  }

  /** A mark is no value: PyTorch keeps marks apart. */
  private Object value(Object entry) {
    if (entry == MARK) {
      throw damaged("takes a mark for a value");
    }
    return entry;
  }

  private List<Object> pop(int count) {
    List<Object> tail = stack.subList(stack.size() - count, stack.size());
    List<Object> values = new ArrayList<>(tail);
    values.forEach(this::value);
    tail.clear();
    return values;
  }

  private List<Object> popToMark() {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw damaged("closes a list that was not opened");
    }
    List<Object> values = pop(stack.size() - mark - 1);
    stack.remove(mark);
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
