package org.attentionflow.pytorch.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.attentionflow.pytorch.archive.CodeText.Span;
import org.jspecify.annotations.Nullable;

/** A file of TorchScript: its classes, with the types of their attributes, and its functions. */
final class CodeFile {
  private static final Pattern HEADER = Pattern.compile("(?m)^class (\\w+)\\(.*$|^ *def (\\w+)\\(");

  private static final Pattern ATTRIBUTE = Pattern.compile("(?m)^  (\\w+) : (.+)$");

  /**
   * A function, or a method if it is in a class.
   *
   * @param owner the qualified name of the class; null outside of classes
   * @param attributes the types of the attributes of that class
   * @param start where its definition begins
   * @param open where the bracket with its parameters opens
   * @param body what it does, with the end of its header
   */
  record Function(
      @Nullable String owner,
      Map<String, String> attributes,
      String name,
      int start,
      int open,
      Span body) {
    boolean isMethod() {
      return owner != null;
    }
  }

  private final String module;
  private final String original;
  private final CodeText text;
  private final List<Function> functions = new ArrayList<>();

  /**
   * Reads a file.
   *
   * @param path its path in the code folder, for example {@code __torch__/model.py}
   */
  CodeFile(String path, String original) {
    this.module = path.substring(0, path.length() - ".py".length()).replace('/', '.');
    this.original = original;
    this.text = new CodeText(original);
    readFunctions();
  }

  CodeText text() {
    return text;
  }

  /** The text as it is in the archive, strings included. */
  String original() {
    return original;
  }

  List<Function> functions() {
    return functions;
  }

  /** The name by which code calls a function outside of classes. */
  String qualified(Function function) {
    return module + "." + function.name();
  }

  /** A method of a class of this file, by the qualified name of the class. */
  Optional<Function> method(String owner, String name) {
    return functions.stream()
        .filter(function -> owner.equals(function.owner()) && function.name().equals(name))
        .findFirst();
  }

  private void readFunctions() {
    Matcher header = HEADER.matcher(text.text());
    @Nullable String owner = null;
    Map<String, String> attributes = Map.of();
    boolean found = header.find();
    while (found) {
      int start = header.start();
      int nameEnd = header.end();
      @Nullable String className = header.group(1);
      @Nullable String name = header.group(2);
      found = header.find();
      int end = found ? header.start() : text.text().length();
      if (className != null) {
        owner = module + "." + className;
        attributes = attributes(text.text().substring(nameEnd, end));
      } else {
        boolean inClass = text.text().charAt(start) == ' ';
        int open = nameEnd - 1;
        int behind = text.partner(open) + 1;
        if (behind > end) {
          throw new MalformedArchiveException("its code defines " + name + " inside brackets");
        }
        functions.add(
            new Function(
                inClass ? owner : null,
                inClass ? attributes : Map.of(),
                String.valueOf(name),
                start,
                open,
                new Span(behind, end)));
      }
    }
  }

  private static Map<String, String> attributes(String body) {
    Map<String, String> types = new LinkedHashMap<>();
    Matcher attribute = ATTRIBUTE.matcher(body);
    while (attribute.find()) {
      types.put(attribute.group(1), attribute.group(2).strip());
    }
    return types;
  }
}
