package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.List;
import org.attentionflow.formats.json.ExplanationJson;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;

/** Results as JSON: an object for one, an array for several; or one object per line. */
final class JsonWriters {
  private JsonWriters() {}

  static void writeJson(List<TextResult> results, Appendable out) throws IOException {
    if (results.size() == 1) {
      writeObject(results.get(0), out);
      out.append('\n');
      return;
    }
    out.append("[\n");
    for (int i = 0; i < results.size(); i++) {
      writeObject(results.get(i), out);
      out.append(i + 1 < results.size() ? ",\n" : "\n");
    }
    out.append("]\n");
  }

  static void writeLines(List<TextResult> results, Appendable out) throws IOException {
    for (TextResult result : results) {
      writeObject(result, out);
      out.append('\n');
    }
  }

  private static void writeObject(TextResult result, Appendable out) throws IOException {
    Explanation explanation = result.explanation();
    if (explanation == null) {
      ExplanationJson.writeFailure(result, out);
    } else {
      ExplanationJson.write(explanation, out);
    }
  }
}
