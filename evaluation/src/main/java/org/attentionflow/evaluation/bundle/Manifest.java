package org.attentionflow.evaluation.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.file.WholeFile;
import org.attentionflow.provenance.Digest;

/** The digests of a bundle's files, in the form that {@code sha256sum --check} reads. */
final class Manifest {
  private Manifest() {}

  /** Writes the digests of all files of a folder but those that differ from run to run. */
  static void write(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> file : digests(folder).entrySet()) {
      lines.append(file.getValue()).append("  ").append(file.getKey()).append('\n');
    }
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    WholeFile.write(folder.resolve(BundleFile.MANIFEST), stream -> stream.write(bytes));
  }

  /** What does not fit the manifest, one line each. */
  static List<String> check(Path folder) throws IOException {
    Map<String, String> found = digests(folder);
    Map<String, String> expected = read(folder);
    List<String> problems = new ArrayList<>();
    expected.forEach(
        (name, digest) -> {
          String actual = found.remove(name);
          if (actual == null) {
            problems.add(name + " is missing");
          } else if (!actual.equals(digest)) {
            problems.add(name + " has changed");
          }
        });
    found.keySet().forEach(name -> problems.add(name + " is not in the manifest"));
    return problems;
  }

  static Map<String, String> read(Path folder) throws IOException {
    Path file = folder.resolve(BundleFile.MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new UnusableInputException(
          folder + " is no finished bundle: it has no " + BundleFile.MANIFEST + ".");
    }
    Map<String, String> digests = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      int gap = line.indexOf("  ");
      if (gap < 0) {
        throw new UnusableInputException(file + ": '" + line + "' is not a digest and a name.");
      }
      digests.put(line.substring(gap + 2), line.substring(0, gap));
    }
    return digests;
  }

  private static Map<String, String> digests(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        boolean isPart = name.equals(BundleFile.MANIFEST) || name.equals(BundleFile.JOURNAL);
        if (!isPart && !name.startsWith(".")) {
          digests.put(name, Digest.of(file));
        }
      }
    }
    return digests;
  }
}
