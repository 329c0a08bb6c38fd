package org.attentionflow.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Markdown files of the project: those in its root folder and all under docs. */
final class Documents {
  /** The folder of this module; Maven runs its tests there. */
  static final Path DOCS = Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();

  /** A fenced block with the comment {@code <!-- kind: name -->} on the line before it, if any. */
  record Block(Path file, String kind, String name, String language, String content) {}

  private static final Pattern MARKER = Pattern.compile("<!-- (\\w+): (\\S+) -->");
  private static final Pattern FENCE = Pattern.compile("```(\\w*)");

  private Documents() {}

  /** All Markdown files. */
  static List<Path> all() {
    List<Path> files = new ArrayList<>(markdown(DOCS.getParent(), 1));
    files.addAll(markdown(DOCS, Integer.MAX_VALUE));
    return files;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fenced blocks of a file. */
  static List<Block> blocks(Path file) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = read(file).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        StringBuilder content = new StringBuilder();
        int start = i;
        for (i++; !lines.get(i).equals("```"); i++) {
          content.append(lines.get(i)).append('\n');
        }
        Matcher marker = MARKER.matcher(start == 0 ? "" : lines.get(start - 1));
        boolean isMarked = marker.matches();
        blocks.add(
            new Block(
                file,
                isMarked ? marker.group(1) : "",
                isMarked ? marker.group(2) : "",
                fence.group(1),
                content.toString()));
      }
    }
    return blocks;
  }

  /** The block of a kind and name in a page of docs. */
  static Block block(String page, String kind, String name) {
    return blocks(DOCS.resolve(page)).stream()
        .filter(block -> block.kind().equals(kind) && block.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(page + " has no " + kind + " " + name));
  }

  /** A file without its fenced blocks and comments. */
  static String prose(Path file) {
    return read(file).replaceAll("(?ms)^```.*?^```$", "").replaceAll("(?s)<!--.*?-->", "");
  }

  private static List<Path> markdown(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !folder.relativize(file).startsWith("target"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
