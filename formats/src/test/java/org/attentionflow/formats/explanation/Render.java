package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.attentionflow.pipeline.TextResult;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Results as text, and text as XML. */
final class Render {
  private Render() {}

  static String of(String suffix, List<TextResult> results) throws IOException {
    StringBuilder out = new StringBuilder();
    ExplanationFormats.forSuffix(suffix).write(results, out);
    return out.toString();
  }

  /** Parses strictly; throws if the text is not well-formed. */
  static Document xml(String text) throws Exception {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setErrorHandler(null);
    return builder.parse(new InputSource(new StringReader(text)));
  }
}
