package org.attentionflow.evaluation.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values with quoted fields, quotes inside doubled (RFC 4180). Without a header it
 * is the form of AG News and Amazon Polarity (class, title, text) and of Yelp Polarity (label,
 * text), in which {@code \n} stands for a line break.
 */
final class CommaSeparatedFormat implements DatasetFormat {
  private final boolean hasHeader;

  CommaSeparatedFormat(boolean hasHeader) {
    this.hasHeader = hasHeader;
  }

  @Override
  public String name() {
    return hasHeader ? "csv" : "csv-without-header";
  }

  @Override
  public String summary() {
    return hasHeader
        ? "quoted fields between commas, names in the first line; columns text and label"
        : "quoted fields between commas, no header; column 1 is the label, the others are the text";
  }

  @Override
  public List<Example> read(DatasetSettings settings) throws IOException {
    @Nullable TableRows rows = null;
    try (BufferedReader reader = TextLines.reader(settings.path());
        CsvReader<CsvRecord> records = CsvReader.builder().ofCsvRecord(reader)) {
      for (CsvRecord next : records) {
        if (rows == null) {
          rows = rows(settings, next);
          if (hasHeader) {
            continue;
          }
        }
        rows.add(next.getStartingLineNumber(), next.getFields());
      }
    } catch (CsvParseException e) {
      throw new UnusableInputException(
          settings.path() + " is not comma-separated: " + e.getMessage() + ".", e);
    }
    if (rows == null) {
      throw new UnusableInputException(settings.path() + " is empty.");
    }
    return rows.examples();
  }

  private TableRows rows(DatasetSettings settings, CsvRecord first) {
    if (hasHeader) {
      Columns columns = settings.columns().orElse(List.of("text"), "label", "");
      return new TableRows(settings, first.getFields(), columns);
    }
    List<String> text =
        first.getFieldCount() > 2 ? List.of("2", "3") : List.of(first.getFieldCount() + "");
    return new TableRows(settings, List.of(), settings.columns().orElse(text, "1", ""));
  }
}
