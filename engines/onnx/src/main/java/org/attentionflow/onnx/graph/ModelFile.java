package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelFolder;

/**
 * An ONNX file and the files with weights that it names. The file is mapped, not read: weights
 * reach the heap only if somebody asks for them.
 */
public final class ModelFile {
  private static final int LFS_POINTER = 200;
  private static final String LFS = "version https://git-lfs";

  private final Path path;
  private final ModelProto model;
  private final List<Path> weightFiles;
  private final WeightPlaces places;

  private ModelFile(Path path, ModelProto model, List<Path> weightFiles, WeightPlaces places) {
    this.path = path;
    this.model = model;
    this.weightFiles = List.copyOf(weightFiles);
    this.places = places;
  }

  /**
   * Reads a file and checks everything that can be checked without running it.
   *
   * @throws UnusableInputException if it is damaged, or not an ONNX model
   */
  public static ModelFile read(Path path) {
    ByteBuffer bytes = bytes(path);
    ModelProto model = parse(path, bytes);
    if (model.getGraph().getNodeCount() == 0) {
      throw new UnusableInputException(
          path + " holds no graph: it is empty, or no ONNX model. Maybe it is damaged.");
    }
    ModelProto sorted = NodeOrder.sorted(model, path.toString());
    GraphCheck.problem(sorted)
        .ifPresent(
            problem -> {
              throw new UnusableInputException(
                  path + " is not a usable ONNX model: " + problem + " Maybe it is damaged.");
            });
    List<Path> weightFiles = weightFiles(path, sorted);
    try {
      return new ModelFile(path, sorted, weightFiles, places(path, bytes, sorted, weightFiles));
    } catch (IOException failure) {
      throw new UnusableInputException(
          path + " cannot be read: " + failure.getMessage() + ".", failure);
    }
  }

  private static WeightPlaces places(
      Path path, ByteBuffer bytes, ModelProto model, List<Path> weightFiles) throws IOException {
    if (!weightFiles.isEmpty()) {
      return LinkedWeights.of(folder(path), weightFiles);
    }
    return bytes.isDirect()
        ? StoredWeights.of(path, bytes, model)
        : WeightPlaces.asNamed(folder(path));
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** What it holds, its nodes in order. */
  public ModelProto model() {
    return model;
  }

  /** The files that hold further weights. */
  public List<Path> weightFiles() {
    return weightFiles;
  }

  /**
   * A graph made from this one, as small as can be: with the places of weights, which are relative
   * to {@link #weightFolder}, instead of the weights.
   *
   * @throws UnusableInputException if the file has changed since it was read
   */
  public ModelProto withWeightsInPlace(ModelProto changed) {
    return places.inPlace(changed);
  }

  /** The folder that places of weights are relative to. */
  public Path weightFolder() {
    return places.folder();
  }

  /**
   * The number of bytes of a model in a file.
   *
   * @throws UnusableInputException if they are more than the format allows
   */
  public static int byteCount(ModelProto model) {
    // The size of the whole overflows, that of a weight cannot.
    long weights =
        model.getGraph().getInitializerList().stream()
            .mapToLong(tensor -> tensor.getRawData().size())
            .sum();
    int size = weights > Integer.MAX_VALUE ? -1 : model.getSerializedSize();
    if (size < 0) {
      throw new UnusableInputException(
          "With what is added the graph has more than the 2 GiB an ONNX file can have."
              + " Maybe save the model with external data.");
    }
    return size;
  }

  /** The folder that names of files with weights are relative to. */
  public Path folder() {
    return folder(path);
  }

  private static Path folder(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    return folder == null ? path.toAbsolutePath() : folder;
  }

  private static ByteBuffer bytes(Path path) {
    try {
      long size = Files.size(path);
      if (size > Integer.MAX_VALUE) {
        throw new UnusableInputException(
            (path + " has " + size + " bytes, more than the 2 GiB an ONNX file can have.")
                + " Maybe save it with external data.");
      }
      if (path.getFileSystem() != FileSystems.getDefault()) {
        return ByteBuffer.wrap(Files.readAllBytes(path));
      }
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
      }
    } catch (IOException failure) {
      throw new UnusableInputException(
          path + " cannot be read: " + failure.getMessage() + ".", failure);
    }
  }

  private static ModelProto parse(Path path, ByteBuffer bytes) {
    byte[] start = new byte[Math.min(LFS_POINTER, bytes.remaining())];
    bytes.duplicate().get(start);
    if (new String(start, StandardCharsets.ISO_8859_1).startsWith(LFS)) {
      throw new UnusableInputException(
          path + " is a pointer of Git LFS, not the model. Maybe run git lfs pull.");
    }
    try {
      CodedInputStream stream = CodedInputStream.newInstance(bytes);
      stream.enableAliasing(true);
      return ModelProto.parseFrom(stream);
    } catch (IOException malformed) {
      throw new UnusableInputException(
          (path + " is not an ONNX model: " + oneLine(String.valueOf(malformed.getMessage())))
              + " Maybe the download is incomplete.",
          malformed);
    }
  }

  private static String oneLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static List<Path> weightFiles(Path path, ModelProto model) {
    Path folder = folder(path);
    Set<Path> files = new LinkedHashSet<>();
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      if (Constants.isExternal(tensor)) {
        files.add(weightFile(path, folder, tensor));
      }
    }
    return List.copyOf(files);
  }

  /** The file a tensor lies in, after a check that it is inside the folder and long enough. */
  private static Path weightFile(Path path, Path folder, TensorProto tensor) {
    String location = entry(tensor, "location").orElse("");
    Path file =
        ModelFolder.named(folder, location)
            .map(Path::normalize)
            .orElseThrow(
                () ->
                    new UnusableInputException(
                        (path + " names the file '" + location + "' for the weight ")
                            + (tensor.getName() + ", which is not in its folder.")
                            + " Maybe the download is incomplete."));
    try {
      long offset = Long.parseLong(entry(tensor, "offset").orElse("0"));
      long wanted =
          Constants.elementCount(tensor) * ElementType.ofCode(tensor.getDataType()).byteCount();
      long length = Long.parseLong(entry(tensor, "length").orElse(String.valueOf(wanted)));
      if (offset < 0 || length < wanted || length > Files.size(file) - offset) {
        throw new UnusableInputException(
            (file + " has " + Files.size(file) + " bytes, too few for the weight ")
                + (tensor.getName() + " of " + path + ". Maybe the download is incomplete."));
      }
    } catch (IOException | NumberFormatException failure) {
      throw new UnusableInputException(
          path + " does not say where in " + file + " the weight " + tensor.getName() + " lies.",
          failure);
    }
    return file;
  }

  private static Optional<String> entry(TensorProto tensor, String key) {
    return tensor.getExternalDataList().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(StringStringEntryProto::getValue)
        .findFirst();
  }
}
