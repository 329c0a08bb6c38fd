package org.attentionflow.pytorch;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.safetensors.ElementType;
import org.attentionflow.formats.safetensors.SafetensorsFile;
import org.attentionflow.formats.safetensors.TensorEntry;
import org.attentionflow.huggingface.ModelFolder;
import org.jspecify.annotations.Nullable;

/**
 * The tensors of a model by name, in one file or in several. Each is read once, straight into
 * native memory, and becomes 32-bit floats there. What was asked for in vain and what nobody asked
 * for is found by {@link #checkComplete}.
 */
final class Checkpoint implements AutoCloseable {
  private static final int NAMES_SHOWN = 3;
  private static final int MOST_MISSING = 1000;

  private final Path folder;
  private final NDManager manager;
  private final @Nullable RandomWeights random;
  private final List<SafetensorsFile> files = new ArrayList<>();
  private final Map<String, SafetensorsFile> fileOf = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private final List<String> missing = new ArrayList<>();
  private long parameterCount;

  private Checkpoint(Path folder, NDManager manager, @Nullable RandomWeights random) {
    this.folder = folder;
    this.manager = manager;
    this.random = random;
  }

  /**
   * Opens the files; tensors will belong to the manager.
   *
   * @param random which weights are random instead of read; null for none
   */
  static Checkpoint open(ModelFolder folder, NDManager manager, @Nullable RandomWeights random) {
    Checkpoint checkpoint = new Checkpoint(folder.path(), manager, random);
    try {
      WeightFiles.of(folder).forEach(checkpoint::add);
      return checkpoint;
    } catch (RuntimeException failure) {
      checkpoint.close();
      throw failure;
    }
  }

  private void add(Path path) {
    SafetensorsFile file = SafetensorsFile.open(path);
    files.add(file);
    for (String name : file.tensors().keySet()) {
      if (fileOf.put(canonical(name), file) != null) {
        throw new UnusableInputException(
            "Tensor " + name + " appears twice in the weights of " + folder + ".");
      }
    }
  }

  /** Old checkpoints call the weight of a layer norm gamma and its bias beta. */
  private static String canonical(String name) {
    return name.replace("LayerNorm.gamma", "LayerNorm.weight")
        .replace("LayerNorm.beta", "LayerNorm.bias");
  }

  private static String nameIn(SafetensorsFile file, String name) {
    if (file.tensors().containsKey(name)) {
      return name;
    }
    return name.replace("LayerNorm.weight", "LayerNorm.gamma")
        .replace("LayerNorm.bias", "LayerNorm.beta");
  }

  /** The tensor with a name. A missing one is noted, and an empty one stands in for it. */
  PtNDArray tensor(String name, int... shape) {
    used.add(name);
    SafetensorsFile file = fileOf.get(name);
    if (file == null) {
      missing.add(name);
      if (missing.size() > MOST_MISSING) {
        checkComplete(Set.of());
      }
      return (PtNDArray) manager.create(new Shape(0));
    }
    String nameInFile = nameIn(file, name);
    TensorEntry entry = file.tensor(nameInFile);
    checkShape(entry, shape);
    parameterCount += entry.elementCount();
    if (random != null && random.cover(name)) {
      int count = Math.toIntExact(entry.elementCount());
      Shape drawn = new Shape(Arrays.stream(shape).asLongStream().toArray());
      return (PtNDArray) manager.create(random.values(name, count, shape.length), drawn);
    }
    return read(file, entry);
  }

  /** The number of elements of all tensors read so far. */
  long parameterCount() {
    return parameterCount;
  }

  /**
   * Checks that nothing is missing and nothing was left over.
   *
   * @param ignored the beginnings of names that may be left over
   */
  void checkComplete(Set<String> ignored) {
    if (!missing.isEmpty()) {
      throw new UnusableInputException(
          ("The weights of " + folder + " lack " + list(missing) + ".")
              + " Maybe they are those of another model than config.json describes.");
    }
    Set<String> surplus = new TreeSet<>(fileOf.keySet());
    surplus.removeAll(used);
    surplus.removeIf(name -> isBuffer(name) || ignored.stream().anyMatch(name::startsWith));
    if (!surplus.isEmpty()) {
      throw new UnusableInputException(
          ("The weights of " + folder + " have " + list(List.copyOf(surplus)))
              + ", which the model of config.json does not use."
              + " Maybe they are those of another model.");
    }
  }

  /** Closes the files; the tensors stay. */
  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }

  /** Numbers 0, 1, 2, … that old versions stored although they are no weights. */
  private static boolean isBuffer(String name) {
    return name.endsWith("embeddings.position_ids") || name.endsWith("embeddings.token_type_ids");
  }

  private void checkShape(TensorEntry entry, int[] shape) {
    List<Long> wanted = Arrays.stream(shape).mapToObj(Long::valueOf).toList();
    if (!entry.shape().equals(wanted)) {
      throw new UnusableInputException(
          ("Tensor " + entry.name() + " of " + folder + " has the shape " + entry.shape())
              + (", not " + wanted + " as config.json says.")
              + " Maybe the weights are those of another model.");
    }
    if (!entry.type().isReadableAsFloat() || entry.byteCount() > Integer.MAX_VALUE) {
      throw new UnusableInputException(
          ("Tensor " + entry.name() + " of " + folder + " has the type " + entry.type() + " and ")
              + (entry.byteCount() + " bytes; F64, F32, F16 and BF16 up to 2 GiB can be read.")
              + " Maybe the model is quantised.");
    }
  }

  private PtNDArray read(SafetensorsFile file, TensorEntry entry) {
    DataType type = dataType(entry.type());
    Shape shape = new Shape(entry.shape().stream().mapToLong(Long::longValue).toArray());
    PtNDArray stored = (PtNDArray) manager.create(shape, type);
    // A view of the native memory itself, so that nothing is copied in between.
    ByteBuffer memory = JniUtils.getByteBuffer(stored, true).order(ByteOrder.nativeOrder());
    if (entry.type() == ElementType.BF16) {
      memory.asFloatBuffer().put(file.floats(entry.name()).values());
    } else {
      file.read(entry.name(), memory);
    }
    if (type == DataType.FLOAT32) {
      return stored;
    }
    try (stored) {
      return JniUtils.to(stored, DataType.FLOAT32, stored.getDevice());
    }
  }

  /** How elements are stored at first. DJL aborts the process over BF16: Java widens that. */
  private static DataType dataType(ElementType type) {
    return switch (type) {
      case F64 -> DataType.FLOAT64;
      case F16 -> DataType.FLOAT16;
      default -> DataType.FLOAT32;
    };
  }

  private static String list(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
    int more = names.size() - NAMES_SHOWN;
    return (names.size() == 1 ? "the tensor " : names.size() + " tensors (")
        + first
        + (more > 0 ? ", … " + more + " more" : "")
        + (names.size() == 1 ? "" : ")");
  }
}
