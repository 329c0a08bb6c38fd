package org.attentionflow.pytorch;

import static org.attentionflow.testkit.Refusals.assertRefused;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.attentionflow.engine.EngineSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pickles made to exhaust whoever reads them: each is refused in one line. */
class HostilePickleTest {
  private static final String START = "\u0080\u0002";
  private static final String MODULE = "c__torch__\nWrapped\n)\u0081";
  private static final String STORAGE =
      "(" + text("storage") + "ctorch\nFloatStorage\n" + text("2") + text("cpu") + "K\u0080tQ";

  @TempDir Path folder;

  /** A text of a pickle. */
  private static String text(String text) {
    return "X" + little(text.length()) + text;
  }

  /** Four bytes, least significant first. */
  private static String little(int number) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      bytes.append((char) (number >>> 8 * i & 0xff));
    }
    return bytes.toString();
  }

  /** A module with one attribute. */
  private static String attribute(String value) {
    return MODULE + "}(" + text("a") + value + "ub";
  }

  private void assertPickleRefused(String pickle, String... parts) throws IOException {
    byte[] bytes = (START + pickle + ".").getBytes(StandardCharsets.ISO_8859_1);
    Path file = ChangedArchive.withModules(folder.resolve("model.pt"), bytes);
    assertRefused(() -> PytorchEngine.openSession(file, EngineSettings.defaults()).close(), parts);
  }

  @Test
  void valuesThatContainThemselves() throws IOException {
    String self = "q\0}(" + text("a") + "h\0";
    assertPickleRefused(MODULE + self + "ub", "model.pt", "changed after", "Maybe");
    assertPickleRefused(MODULE + self + text("b") + "h\0ub", "changed after");
    assertPickleRefused(attribute("]q\0h\0a"), "changed after");
    assertPickleRefused(attribute("]q\0]q\1h\0ah\1a"), "changed after");
  }

  @Test
  void keysOfDictionaries() throws IOException {
    for (String key : new String[] {"]", "}", ")", "N", MODULE, "c__torch__\nWrapped\n"}) {
      assertPickleRefused(attribute("}" + key + "Ns"), "data.pkl", "neither text nor number");
    }
    String deep = ")" + "\u0085".repeat(100_000);
    assertPickleRefused(attribute("}" + deep + "Ns"), "200 deep");
  }

  @Test
  void depth() throws IOException {
    assertPickleRefused(attribute(")" + "\u0085".repeat(1_000_000)), "200 deep");
    assertPickleRefused(attribute("](".repeat(1000) + "e".repeat(1000)), "200 deep");
    String modules = (MODULE + "}(" + text("a")).repeat(1000);
    assertPickleRefused(modules + "N" + "ub".repeat(1000), "200 deep");
    // What is dropped lies in PyTorch's memory, too.
    String dropped = "c__torch__\nA\n)\u0085" + "\u0085".repeat(1000) + "\u0081";
    assertPickleRefused(attribute(dropped), "200 deep");
    String type = text("List[".repeat(1000) + "int" + "]".repeat(1000));
    String tagged = "ctorch.jit._pickle\nrestore_type_tag\n]" + type + "\u0086R";
    assertPickleRefused(attribute(tagged), "more than 100 brackets");
  }

  /** 2¹⁰⁰ ways lead to the innermost value. */
  @Test
  void doubling() throws IOException {
    assertPickleRefused(attribute(")" + "q\0h\0\u0086".repeat(100)), "made of more than");
  }

  @Test
  void numbersOfValues() throws IOException {
    assertPickleRefused(attribute("(" + "}".repeat(6_000_000) + "t"), "more than 5000000");
    assertPickleRefused(attribute("Nr" + little(Integer.MAX_VALUE)), "number 2147483647");
    assertPickleRefused(attribute("Nr" + little(-1)), "number 4294967295");
    assertPickleRefused(attribute("N(\u0085"), "takes a mark for a value");
    assertPickleRefused(attribute("N(q\0"), "takes a mark for a value");
  }

  @Test
  void claimsOfTensors() throws IOException {
    String huge = "\u008a\u0008\0\0\0\0\0\0\0\u0040";
    String zero = "K\0";
    for (String function : new String[] {"_rebuild_tensor_v2", "_rebuild_qtensor"}) {
      String start = "ctorch._utils\n" + function + "\n(" + STORAGE + zero;
      String end = "\u0089ccollections\nOrderedDict\n)RtR";
      assertPickleRefused(
          attribute(start + "(" + huge + "t(K\1t" + end), "does not fit in its storage");
      assertPickleRefused(attribute(start + "(" + huge + "t(" + zero + "t" + end), "elements");
      assertPickleRefused(
          attribute(start + "(" + huge + huge + "t(" + zero + zero + "t" + end), "data.pkl");
      assertPickleRefused(attribute(start + "(K\1t(K\1K\1t" + end), "1 sizes and 2 strides");
    }
    String sparse = "ctorch._utils\n_rebuild_sparse_tensor\n)R";
    assertPickleRefused(attribute(sparse), "calls torch._utils._rebuild_sparse_tensor");
  }

  /** What a message quotes does not make it longer than a line. */
  @Test
  void namesWithLineBreaks() throws IOException {
    String key = "no\nsuch\r\n\u0085" + "x".repeat(100_000);
    String storage = STORAGE.replace(text("2"), text(key));
    String tensor = "ctorch._utils\n_rebuild_tensor_v2\n(" + storage + "K\0(t(t\u0089)tR";
    assertPickleRefused(attribute(tensor), "needs the storage no such");
  }

  /** Paths to tensors through modules with long names, each path as long as the archive. */
  @Test
  void longNames() throws IOException {
    String tensor = "ctorch._utils\n_rebuild_tensor_v2\n(" + STORAGE + "K\0(t(t\u0089)tR";
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      attributes.append(text("t" + i)).append(tensor);
    }
    String inner = "c__torch__\nA\n)\u0081}(" + attributes + "ub";
    String outer = MODULE + "}(" + text("n".repeat(100_000)) + inner + "ub";
    assertPickleRefused(outer, "names of its attributes are too long");
  }
}
