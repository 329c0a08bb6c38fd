package org.attentionflow.tensorflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.huggingface.session.InputRole;
import org.attentionflow.testkit.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.SessionMetadata;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Whatever fails on the way leaves nothing behind. */
class ClosingTest {
  @TempDir Path folder;

  private static NativeGraph open(Graph graph, Path file, ConfigProto settings) {
    ModelFiles files = ModelFiles.of(file);
    StoredModel model = StoredModel.read(files);
    OperationRegistry registry = new OperationRegistry(NativeLibrary.operations(), List.of());
    GraphPlan plan = GraphPlan.of(model, registry, OptionalInt.empty());
    return NativeGraph.open(graph, model, plan, files, settings);
  }

  private static void assertClosed(Graph graph) {
    assertThrows(IllegalStateException.class, () -> graph.operation("input_ids"));
  }

  @Test
  void closesTheGraphIfThereIsNoSession() throws IOException {
    Path file = SmallGraph.file(SmallGraph.Variant.PLAIN, folder);
    ConfigProto.Builder refused = NativeGraph.configuration(EngineSettings.defaults()).toBuilder();
    refused
        .getExperimentalBuilder()
        .setSessionMetadata(SessionMetadata.newBuilder().setName("any").setVersion(-1));
    Graph graph = new Graph();
    Refusals.assertRefused(
        () -> open(graph, file, refused.build()), "Opening the graph", "version");
    assertClosed(graph);
  }

  @Test
  void closesTheGraphIfItHasNoGradient() throws IOException {
    Path file = SmallGraph.file(SmallGraph.Variant.DIGAMMA, folder);
    ConfigProto settings = NativeGraph.configuration(EngineSettings.defaults());
    Graph graph = new Graph();
    Refusals.assertRefused(() -> open(graph, file, settings), "no gradient");
    assertClosed(graph);
  }

  @Test
  void closesTheInputsBeforeTheOneThatCannotBeMade() {
    Map<InputRole, GraphInput> inputs = new EnumMap<>(InputRole.class);
    inputs.put(InputRole.IDS, new GraphInput(TensorName.of("ids"), false, -1, -1));
    inputs.put(InputRole.MASK, new GraphInput(TensorName.of("mask"), false, -1, -1));
    List<TType> made = new ArrayList<>();
    Error full = new OutOfMemoryError("no memory");
    Error failure =
        assertThrows(
            Error.class,
            () ->
                InputBatch.each(
                    inputs,
                    (role, input) -> {
                      if (!made.isEmpty()) {
                        throw full;
                      }
                      made.add(TInt32.scalarOf(1));
                      return made.get(0);
                    }));
    assertSame(full, failure);
    assertEquals(1, made.size());
    assertThrows(IllegalStateException.class, () -> made.get(0).asRawTensor().data());
  }

  @Test
  void deletesCopiesWhenTheyAreNoLongerNeeded() throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar(false));
        RealFolder copy = RealFolder.of(files.getPath("/"), temporary(), List.of("variables"))) {
      assertEquals("contents", Files.readString(copy.path().resolve("variables/b")));
    }
    assertTrue(isEmpty(temporary()));
  }

  @Test
  void deletesCopiesIfOneCannotBeMade() throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar(true))) {
      Path root = files.getPath("/");
      assertThrows(
          IOException.class, () -> RealFolder.of(root, temporary(), List.of("variables")).close());
    }
    assertTrue(isEmpty(temporary()));
  }

  private Path temporary() throws IOException {
    return Files.createDirectories(folder.resolve("temporary"));
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  /**
   * A jar with two files.
   *
   * @param damaged whether the second one cannot be read
   */
  private Path jar(boolean damaged) throws IOException {
    Path jar = folder.resolve("model.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of("variables/a", "variables/b")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("contents".getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    if (damaged) {
      // The file's data starts behind its name, with three bits that tell how it is compressed.
      byte[] bytes = Files.readAllBytes(jar);
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      bytes[text.indexOf("variables/b") + "variables/b".length()] = (byte) 0xff;
      Files.write(jar, bytes);
    }
    return jar;
  }
}
