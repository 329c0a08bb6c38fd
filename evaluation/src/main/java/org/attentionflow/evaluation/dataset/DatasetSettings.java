package org.attentionflow.evaluation.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a data set lies and how it is read.
 *
 * @param path the file or folder
 * @param documents the file of documents that the annotations refer to, or null; ERASER alone
 * @param format the name of the format
 * @param columns the columns
 * @param labels the class, by index or name, that each label of the file stands for; a label that
 *     is not listed stands for itself
 * @param drop labels whose examples are left out
 * @param unescape whether {@code \n} in a text stands for a line break
 * @param digest the SHA-256 the data must have; empty if any will do
 * @param selection which of the examples are taken
 */
public record DatasetSettings(
    Path path,
    @Nullable Path documents,
    String format,
    Columns columns,
    Map<String, String> labels,
    List<String> drop,
    boolean unescape,
    String digest,
    Selection selection) {
  /** Copies the collections. */
  public DatasetSettings {
    labels = Map.copyOf(labels);
    drop = List.copyOf(drop);
  }

  /** A whole file of a format with its usual columns. */
  public static DatasetSettings of(Path path, String format) {
    return new DatasetSettings(
        path, null, format, Columns.usual(), Map.of(), List.of(), false, "", Selection.all());
  }

  /** The same with other columns. */
  public DatasetSettings with(Columns changed) {
    return new DatasetSettings(
        path, documents, format, changed, labels, drop, unescape, digest, selection);
  }

  /** The same with a file of documents. */
  public DatasetSettings withDocuments(Path file) {
    return new DatasetSettings(
        path, file, format, columns, labels, drop, unescape, digest, selection);
  }

  /** The same with a selection. */
  public DatasetSettings with(Selection changed) {
    return new DatasetSettings(
        path, documents, format, columns, labels, drop, unescape, digest, changed);
  }

  /** The same with labels that are mapped and labels that are left out. */
  public DatasetSettings with(Map<String, String> mapped, List<String> dropped) {
    return new DatasetSettings(
        path, documents, format, columns, mapped, dropped, unescape, digest, selection);
  }

  /** The same with a digest that the data must have. */
  public DatasetSettings withDigest(String expected) {
    return new DatasetSettings(
        path, documents, format, columns, labels, drop, unescape, expected, selection);
  }
}
