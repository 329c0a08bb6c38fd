package org.attentionflow.formats.explanation;

import java.io.IOException;
import java.util.List;
import org.attentionflow.pipeline.Explanation;
import org.attentionflow.pipeline.TextResult;

/**
 * Heat maps of tokens in LaTeX: a document of the class {@code standalone}, which compiles by
 * itself and can also be read by \input into a document that loads the package {@code standalone}.
 */
final class LatexWriter {
  private static final String HEAD =
      """
      % Heat map of tokens: the darker, the larger the score relative to the largest of its text;
      % orange where it is below zero.
      % Compiles by itself. In a paper: \\usepackage{standalone}, \\usepackage{xcolor}, then \\input.
      % Packages: xcolor (colours), fontenc with T1 (only under pdfLaTeX).
      % Text beyond Latin letters needs XeLaTeX or LuaLaTeX and a font that has it.
      \\documentclass[varwidth=14cm,border=4pt]{standalone}
      \\usepackage{iftex}
      \\ifPDFTeX\\usepackage[T1]{fontenc}\\fi
      \\usepackage{xcolor}
      \\begin{document}
      \\setlength{\\fboxsep}{2pt}\\setlength{\\parindent}{0pt}\\raggedright
      """;

  private LatexWriter() {}

  static void write(List<TextResult> results, Appendable out) throws IOException {
    out.append(HEAD);
    for (TextResult result : results) {
      Explanation explanation = result.explanation();
      if (explanation == null) {
        paragraph(out, "Text " + (result.index() + 1) + ": " + Results.failure(result));
      } else {
        writeOne(explanation, out);
      }
    }
    out.append("\\end{document}\n");
  }

  private static void writeOne(Explanation explanation, Appendable out) throws IOException {
    if (explanation.isReliable()) {
      for (Results.Scored token : Results.tokens(explanation)) {
        out.append("\\colorbox[HTML]{")
            .append(HeatScale.hex(HeatScale.rgb(token.intensity())))
            .append("}{\\textcolor[HTML]{")
            .append(HeatScale.hex(HeatScale.textRgb(token.intensity())))
            .append("}{\\strut ")
            .append(escape(token.text()))
            .append("}}\\hspace{2pt}% ")
            .append(token.percent())
            .append(" percent\n");
      }
      out.append("\\par\n");
    }
    paragraph(out, Results.headline(explanation));
    if (!Results.remark(explanation).isEmpty()) {
      paragraph(out, Results.remark(explanation));
    }
  }

  private static void paragraph(Appendable out, String text) throws IOException {
    out.append("{\\footnotesize ").append(escape(text)).append("\\par}\\smallskip\n");
  }

  /** Text in which no character means anything to TeX. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < ' ' || VisibleText.isUnseen(c)) {
                escaped.append("\\texttt{").append(VisibleText.codePoint(c)).append("}");
              } else {
                escaped.append(escape(c));
              }
            });
    return escaped.toString();
  }

  private static String escape(int character) {
    return switch (character) {
      case '\\' -> "\\textbackslash{}";
      case '{', '}', '$', '&', '#', '%', '_' -> "\\" + (char) character;
      case '^' -> "\\textasciicircum{}";
      case '~' -> "\\textasciitilde{}";
      case '<' -> "\\textless{}";
      case '>' -> "\\textgreater{}";
      case '|' -> "\\textbar{}";
      case '"' -> "\\textquotedbl{}";
      case '\'' -> "\\textquotesingle{}";
      case '`' -> "\\textasciigrave{}";
      // A group of its own, so that no ligatures form: -- and ?` and !`.
      case '-', '?', '!', ',' -> "{" + (char) character + "}";
      default -> Character.toString(character);
    };
  }
}
