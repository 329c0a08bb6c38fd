package org.attentionflow.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.attentionflow.AttentionFlow;
import org.attentionflow.barrier.BarrierFlowSolver;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.Flow;
import org.attentionflow.flow.FlowComputation;
import org.attentionflow.flow.SolveStatus;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.flow.maximum.MaximumFlowRanges;
import org.attentionflow.flow.maximum.TokenRange;
import org.attentionflow.formats.explanation.ExplanationFormats;
import org.attentionflow.formats.json.ExplanationJson;
import org.attentionflow.formats.network.NetworkFile;
import org.attentionflow.formats.network.NetworkFormats;
import org.attentionflow.formats.network.StoredNetwork;
import org.attentionflow.pipeline.Explainer;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.Settings;
import org.attentionflow.pipeline.TextResult;
import org.attentionflow.tensor.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** formats.md names the fields that the writers write, and its examples can be read. */
class FormatsPageTest {
  private static final Pattern JSON_FIELD = Pattern.compile("\"([A-Za-z]+)\": ");
  private static final Pattern NAMED_FIELD = Pattern.compile("(?m)^\\| `([^`]+)`");

  @TempDir static Path model;

  @Test
  void namesTheFieldsOfAnExplanation() throws IOException {
    BuiltInModel.copyTo(model);
    StringBuilder json = new StringBuilder();
    StringBuilder csv = new StringBuilder();
    Settings settings =
        Settings.defaults()
            .with("contrast", "positive/negative")
            .with("network.precision", "float");
    try (Explainer explainer = AttentionFlow.load(model, settings)) {
      Explanation explanation = explainer.explain("a fine film");
      List<TokenRange> ranges = explanation.attribution().maximumFlowRanges().orElseThrow();
      ExplanationJson.write(explanation, ranges, json);
      TextResult result = new TextResult(0, "a fine film", explanation, null);
      ExplanationFormats.forSuffix("csv").write(List.of(result), csv);
    }
    Set<String> known = new TreeSet<>(namedIn("## An explanation as JSON"));
    String withoutMaps = json.substring(0, json.indexOf("\"provenance\": "));
    for (String field : fields(withoutMaps)) {
      assertTrue(
          known.stream().anyMatch(name -> name.endsWith(field)),
          "formats.md lacks the field " + field + " of an explanation");
    }
    String header = csv.substring(0, csv.indexOf("\n") + 1);
    assertEquals(header, Documents.block("formats.md", "example", "csv-header").content());
  }

  @Test
  void namesTheFieldsOfASolvedNetwork() throws IOException {
    String example = Documents.block("formats.md", "example", "network").content();
    StoredNetwork stored = NetworkFile.read("example", new StringReader(example));
    BarrierParameter barrier =
        BarrierParameter.relative(stored.relativeBarrierParameter().orElseThrow());
    Flow flow =
        new FlowComputation(new BarrierFlowSolver(), barrier, SolverSettings.defaults())
            .compute(stored.in(Precision.FLOAT).network());
    assertEquals(SolveStatus.CERTIFIED, flow.status(), flow.detail());
    StringBuilder json = new StringBuilder();
    ExplanationJson.writeFlow(flow, List.of(1, 2), MaximumFlowRanges.of(flow), "java", 0, json);
    assertEquals(fields(json.toString()), namedIn("## A solved network as JSON"));
  }

  @Test
  void showsADimacsFileThatCanBeSolved() throws IOException {
    String example = Documents.block("formats.md", "example", "dimacs").content();
    StoredNetwork stored = NetworkFormats.readDimacs("example", new StringReader(example));
    Flow flow =
        new FlowComputation(
                new BarrierFlowSolver(), BarrierParameter.relative(1e-6), SolverSettings.defaults())
            .compute(stored.network());
    assertEquals(SolveStatus.CERTIFIED, flow.status(), flow.detail());
    // 2 through 2 -> 4, and 0.25 + 0.5 through 3.
    assertEquals(2.75, flow.value(), flow.certificate().gapBound());
  }

  private static Set<String> fields(String json) {
    Set<String> fields = new TreeSet<>();
    Matcher matcher = JSON_FIELD.matcher(json);
    while (matcher.find()) {
      fields.add(matcher.group(1));
    }
    return fields;
  }

  /** The first cells of the tables under a heading. */
  private static Set<String> namedIn(String heading) {
    String page = Documents.read(Documents.DOCS.resolve("formats.md"));
    int begin = page.indexOf("\n" + heading + "\n") + 1;
    assertTrue(begin > 0, "formats.md has no heading " + heading);
    int end = page.indexOf("\n## ", begin + 1);
    Matcher matcher = NAMED_FIELD.matcher(page.substring(begin, end < 0 ? page.length() : end));
    Set<String> names = new TreeSet<>();
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
