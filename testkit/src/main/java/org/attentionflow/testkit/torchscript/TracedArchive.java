package org.attentionflow.testkit.torchscript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes an archive as {@code torch.jit.save} does: the elements of the tensors, the modules, the
 * code, the constants, the version of the format and the order of bytes. What torch.jit.save adds
 * for error messages and for its own records is left out: the places in the Python source that the
 * code came from, the inputs it was traced with, and the archive's number.
 */
final class TracedArchive {
  /** The version of operators that the code is written for. */
  private static final String VERSION = "10\n";

  private TracedArchive() {}

  /**
   * Writes an archive.
   *
   * @param constants {@code CONSTANTS.c0} and so on
   */
  static void write(Path file, TracedModule root, List<StoredTensor> constants) throws IOException {
    root.nameTypes(new TracedModule.TypeNames());
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String folder = (dot > 0 ? name.substring(0, dot) : name) + "/";
    try (AlignedZip zip = new AlignedZip(file)) {
      PickleWriter modules = new PickleWriter();
      modules.module(root);
      add(zip, folder, "data", modules);
      Map<String, StringBuilder> code = new LinkedHashMap<>();
      root.code(code);
      for (Map.Entry<String, StringBuilder> text : code.entrySet()) {
        zip.add(folder + "code/" + text.getKey(), utf8(text.getValue().toString()));
      }
      PickleWriter numbers = new PickleWriter();
      numbers.tuple(constants);
      add(zip, folder, "constants", numbers);
      zip.add(folder + ".data/version", utf8(VERSION));
      zip.add(folder + "byteorder", utf8("little"));
    }
  }

  private static void add(AlignedZip zip, String folder, String name, PickleWriter pickle)
      throws IOException {
    byte[] description = pickle.end();
    int number = 0;
    for (StoredTensor tensor : pickle.storages()) {
      zip.add(folder + name + "/" + number++, tensor.bytes().get());
    }
    zip.add(folder + name + ".pkl", description);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
