package org.attentionflow.cli;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.attentionflow.flow.Certificate;
import org.attentionflow.flow.Flow;
import org.attentionflow.formats.json.ExplanationJson;
import org.attentionflow.formats.json.JsonOutput;
import org.attentionflow.formats.json.ShortestDecimal;

/** A path of barrier parameters as tables, JSON and CSV. */
final class MuPathText {
  /** The heading of the CSV. */
  static final String CSV_HEADER =
      "record,relativeBarrierParameter,barrierParameter,value,cutCapacity,cutBlock,cutShare,"
          + "gapBound,status,iterations,kendallTau,kendallTauToSmallest,largestChange,topToken,"
          + "topText,scores";

  /** More tokens than this make a table that nobody reads. */
  private static final int MOST_TOKENS = 24;

  private static final String NONE = "-";

  private MuPathText() {}

  /** Prints a table of the flows, and one of the tokens' shares of the flow value. */
  static void print(MuPath path, Console console) {
    flows(path).print(console.out());
    console.out().println();
    printShares(path, console);
    printSolver(path, console);
  }

  private static Table flows(MuPath path) {
    Table table =
        new Table(
            "mu",
            "status",
            "value",
            "cut",
            "cut lies in",
            "share",
            "gap bound",
            "steps",
            "tau",
            "tau to last",
            "change",
            "top token");
    for (MuPath.Point point : path.points()) {
      Flow flow = point.flow();
      Certificate certificate = flow.certificate();
      String block = ExplanationJson.cutBlock(flow);
      table.row(
          Numbers.plain(MuPath.mu(point)),
          flow.status().toString(),
          Numbers.brief(flow.value()),
          Numbers.brief(certificate.cut().capacity()),
          block == null ? NONE : TerminalText.oneLine(block),
          block == null ? NONE : Numbers.share(certificate.cut().mainShare()),
          Numbers.brief(certificate.gapBound()),
          Integer.toString(flow.iterations()),
          tau(point.tau()),
          tau(point.tauToLast()),
          Double.isNaN(point.change()) ? NONE : Numbers.brief(point.change()),
          point.top() < 0 ? NONE : name(path, point.top()));
    }
    return table;
  }

  private static void printSolver(MuPath path, Console console) {
    Flow first = path.points().get(0).flow();
    int steps = path.points().stream().mapToInt(point -> point.flow().iterations()).sum();
    console
        .out()
        .println(
            "solver "
                + first.solver()
                + ", "
                + steps
                + " iterations, "
                + Numbers.seconds(path.seconds())
                + (first.isUnique() ? "" : "; arc flows are not unique"));
  }

  private static void printShares(MuPath path, Console console) {
    List<MuPath.Point> points = path.points();
    MuPath.Point last = points.get(points.size() - 1);
    int count = last.scores().length;
    int[] shown =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -last.scores()[i]))
            .limit(MOST_TOKENS)
            .sorted()
            .mapToInt(Integer::intValue)
            .toArray();
    String[] heading = new String[points.size() + 1];
    heading[0] = "score / value at mu";
    for (int i = 0; i < points.size(); i++) {
      heading[i + 1] = Numbers.plain(MuPath.mu(points.get(i)));
    }
    Table table = new Table(heading);
    for (int token : shown) {
      String[] row = new String[heading.length];
      row[0] = name(path, token);
      for (int i = 0; i < points.size(); i++) {
        MuPath.Point point = points.get(i);
        double value = point.flow().value();
        double share = value > 0 ? point.flow().tokenOutflow()[token] / value : 0;
        row[i + 1] = point.isReliable() ? Numbers.share(share) : NONE;
      }
      table.row(row);
    }
    table.print(console.out());
    if (count > shown.length) {
      console.out().println("and " + (count - shown.length) + " tokens with smaller scores");
    }
  }

  /** A number alone could be a position. */
  private static String name(MuPath path, int token) {
    String name = TerminalText.oneLine(path.tokens().at(token));
    return path.tokens().hasNodes() ? "node " + name : name;
  }

  private static String tau(double tau) {
    return Double.isNaN(tau) ? NONE : String.format(java.util.Locale.ROOT, "%.3f", tau);
  }

  /** Writes an array with one object per barrier parameter. */
  static void write(MuPath path, JsonOutput json) throws IOException {
    json.beginArray();
    for (MuPath.Point point : path.points()) {
      Flow flow = point.flow();
      json.beginObject();
      json.name("relativeBarrierParameter").value(flow.relativeBarrierParameter());
      json.name("barrierParameter").value(flow.barrierParameter());
      json.name("value").value(flow.value());
      json.name("cutCapacity").value(flow.certificate().cut().capacity());
      json.name("cutBlock").value(ExplanationJson.cutBlock(flow));
      json.name("cutShare").value(flow.certificate().cut().mainShare());
      json.name("gapBound").value(flow.certificate().gapBound());
      json.name("status").value(flow.status().name());
      json.name("detail").value(flow.detail());
      json.name("iterations").value(flow.iterations());
      json.name("seconds").value(point.seconds());
      json.name("unique").value(flow.isUnique());
      json.name("kendallTau").value(point.tau());
      json.name("kendallTauToSmallest").value(point.tauToLast());
      json.name("largestChange").value(point.change());
      writeScores(path, point, json);
      json.endObject();
    }
    json.endArray();
  }

  private static void writeScores(MuPath path, MuPath.Point point, JsonOutput json)
      throws IOException {
    json.name("topToken");
    if (point.top() < 0) {
      json.value((String) null);
    } else {
      json.beginObject();
      writeToken(path.tokens(), point.top(), json);
      json.endObject();
    }
    json.name("scores").beginArray();
    for (int i = 0; i < point.scores().length; i++) {
      json.beginObject();
      writeToken(path.tokens(), i, json);
      json.name("score").value(point.isReliable() ? point.scores()[i] : Double.NaN);
      json.endObject();
    }
    json.endArray();
  }

  private static void writeToken(TokenNames tokens, int position, JsonOutput json)
      throws IOException {
    json.name("index").value(position);
    json.name("text").value(tokens.hasTexts() ? tokens.at(position) : null);
    if (tokens.hasNodes()) {
      json.name("node").value(tokens.nodes().get(position));
    }
  }

  /** Writes one line per barrier parameter. */
  static void writeCsv(int record, MuPath path, Appendable out) throws IOException {
    for (MuPath.Point point : path.points()) {
      Flow flow = point.flow();
      String block = ExplanationJson.cutBlock(flow);
      StringBuilder scores = new StringBuilder();
      for (double score : point.scores()) {
        scores.append(scores.length() == 0 ? "" : " ").append(ShortestDecimal.of(score));
      }
      String[] fields = {
        Integer.toString(record),
        number(flow.relativeBarrierParameter()),
        number(flow.barrierParameter()),
        number(flow.value()),
        number(flow.certificate().cut().capacity()),
        block == null ? "" : block,
        number(flow.certificate().cut().mainShare()),
        number(flow.certificate().gapBound()),
        flow.status().name(),
        Integer.toString(flow.iterations()),
        number(point.tau()),
        number(point.tauToLast()),
        number(point.change()),
        point.top() < 0 ? "" : Integer.toString(point.top()),
        point.top() < 0 || !path.tokens().areGiven() ? "" : path.tokens().at(point.top()),
        point.isReliable() ? scores.toString() : ""
      };
      for (int i = 0; i < fields.length; i++) {
        out.append(i == 0 ? "" : ",").append(quoted(fields[i]));
      }
      out.append('\n');
    }
  }

  private static String number(double value) {
    return Double.isFinite(value) ? ShortestDecimal.of(value) : "";
  }

  private static String quoted(String field) {
    boolean isPlain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return isPlain ? field : "\"" + field.replace("\"", "\"\"") + "\"";
  }
}
