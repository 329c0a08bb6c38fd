package org.attentionflow.evaluation.naopc;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.attentionflow.evaluation.perturbation.FeatureSets;
import org.attentionflow.evaluation.perturbation.LogSoftmax;
import org.attentionflow.evaluation.perturbation.RecordedValueFunction;
import org.attentionflow.evaluation.perturbation.ValueFunction;

/**
 * The published outputs of Edin et al. (Normalized AOPC, ACL 2025) for one classifier on one data
 * set: what it says of all 2ᴺ subsets of words, the scores of ten methods, and the study's own
 * comprehensiveness, sufficiency and exact bounds.
 */
record NaopcStudy(
    String name, Map<Integer, ValueFunction> values, List<Row> rows, Map<Integer, Limits> limits) {
  /** The classes are negative and positive; the study looks at the positive one. */
  static final int TARGET = 1;

  /** The studies, by the ends of their files' names. */
  static final List<String> NAMES =
      List.of(
          "sst2_bert-base-uncased-SST-2",
          "sst2_bert-base-uncased-imdb",
          "sst2_bert-base-uncased-yelp-polarity",
          "sst2_roberta-base-SST-2",
          "sst2_roberta-base-finetuned-yelp-polarity",
          "sst2_roberta-base-imdb",
          "yelp_bert-base-uncased-yelp-polarity");

  /** What one method scored, and what the study published of it. */
  record Row(
      int id, String method, double[] scores, double comprehensiveness, double sufficiency) {}

  /** The published bounds and orders; orders hold words from 0. */
  record Limits(double lower, double upper, int[] lowerOrder, int[] upperOrder) {}

  /** Where files come from. */
  interface Files {
    Optional<InputStream> open(String name) throws IOException;
  }

  static NaopcStudy read(String name, Files files) {
    try {
      Map<String, double[]> scores = scores(lines(files, attributions(name)));
      List<Row> rows = new ArrayList<>();
      List<String> published = lines(files, "aopc_short_" + name + ".csv.gz");
      for (String line : published.subList(1, published.size())) {
        String[] cells = line.split(",");
        double[] words = scores.get(cells[1] + " " + cells[2]);
        rows.add(
            new Row(
                Integer.parseInt(cells[1]),
                cells[2],
                words,
                Double.parseDouble(cells[3]),
                Double.parseDouble(cells[4])));
      }
      return new NaopcStudy(
          name,
          values(lines(files, "setfn_" + name + ".tsv.gz")),
          rows,
          limits(lines(files, "limits_exact_" + name + ".jsonl.gz")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String attributions(String name) {
    int model = name.indexOf('_');
    return "attr_" + name.substring(0, model) + "_short_" + name.substring(model + 1) + ".jsonl.gz";
  }

  private static List<String> lines(Files files, String name) throws IOException {
    InputStream stored = files.open(name).orElseThrow(() -> new IOException("No file " + name));
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(stored), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static Map<Integer, ValueFunction> values(List<String> lines) {
    Map<Integer, Map<BitSet, double[]>> tables = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split("\t");
      double[] logits = {Double.parseDouble(cells[2]), Double.parseDouble(cells[3])};
      tables
          .computeIfAbsent(Integer.parseInt(cells[0]), id -> new HashMap<>())
          .put(FeatureSets.ofBits(Long.parseLong(cells[1])), LogSoftmax.of(logits));
    }
    Map<Integer, ValueFunction> values = new TreeMap<>();
    tables.forEach(
        (id, table) -> {
          int size = Integer.numberOfTrailingZeros(table.size());
          if (table.size() != 1 << size) {
            throw new IllegalStateException("Example " + id + " has " + table.size() + " sets.");
          }
          values.put(id, new RecordedValueFunction(size, "mask", table));
        });
    return values;
  }

  /** Words are listed with [CLS] before and [SEP] behind them. */
  private static Map<String, double[]> scores(List<String> lines) {
    Map<String, double[]> scores = new HashMap<>();
    for (String line : lines) {
      JsonObject row = JsonParser.parseString(line).getAsJsonObject();
      JsonArray words = row.getAsJsonArray("word");
      double[] values = new double[words.size() - 2];
      for (int i = 0; i < values.length; i++) {
        JsonElement value = words.get(i + 1);
        values[i] = Double.parseDouble(value.getAsString());
      }
      scores.put(row.get("id").getAsInt() + " " + row.get("method").getAsString(), values);
    }
    return scores;
  }

  private static Map<Integer, Limits> limits(List<String> lines) {
    Map<Integer, Limits> limits = new TreeMap<>();
    for (String line : lines) {
      JsonObject row = JsonParser.parseString(line).getAsJsonObject();
      limits.put(
          row.get("id").getAsInt(),
          new Limits(
              row.get("lower").getAsDouble(),
              row.get("upper").getAsDouble(),
              order(row.getAsJsonArray("lower_order")),
              order(row.getAsJsonArray("upper_order"))));
    }
    return limits;
  }

  private static int[] order(JsonArray words) {
    int[] order = new int[words.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = words.get(i).getAsInt() - 1;
    }
    return order;
  }
}
