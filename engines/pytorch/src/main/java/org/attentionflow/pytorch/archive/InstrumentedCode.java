package org.attentionflow.pytorch.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.pytorch.archive.AttentionSearch.Site;
import org.attentionflow.pytorch.archive.CodeFile.Function;
import org.attentionflow.pytorch.archive.CodeText.Span;

/**
 * The code of an archive with the attention handed out. Every function gets a list as its first
 * parameter and hands it on to the functions it calls; wherever attention multiplies values, it is
 * put on that list and its gradient is kept. The outermost module gets a method {@link #METHOD}
 * that returns what its {@code forward} returns, and the list. Nothing of what is computed changes.
 *
 * @param files the text by path in the code folder
 * @param inputs the names of the parameters of {@code forward}, without the list
 * @param sites the places that hand attention out: functions and statements
 * @param candidates places that look like attention in part, and why they are not taken for it
 */
public record InstrumentedCode(
    Map<String, String> files, List<String> inputs, List<String> sites, List<String> candidates) {
  /**
   * The method to run; its inputs are those of {@code forward}. It returns a vector with as many
   * elements as tensors follow, the attention tensors in the order of their computation, each with
   * an empty one behind it whose first size is the number of its site, and what the model returns.
   */
  public static final String METHOD = "attention_flow";

  private static final String LIST = "attention_flow_list";
  private static final String WATCH = "__torch__.attention_flow.watch(" + LIST + ", ";
  private static final String ATTEND = "__torch__.attention_flow.attend";
  private static final Pattern METHOD_CALL = Pattern.compile("\\)\\.(\\w+)\\(");
  private static final Pattern FUNCTION_CALL =
      Pattern.compile("(?<![\\w.])(__torch__\\.[\\w.]++)\\(");
  private static final Pattern DROPOUT = Pattern.compile("\\btorch\\.dropout\\(");

  /** More are not described; who reads them needs no more. */
  private static final int MOST_CANDIDATES = 100;

  private static final int CANDIDATES_SHOWN = 8;

  /** Copies map and lists. */
  public InstrumentedCode {
    files = Map.copyOf(files);
    inputs = List.copyOf(inputs);
    sites = List.copyOf(sites);
    candidates = List.copyOf(candidates);
  }

  /** All places that might be attention, those that were taken for it first, in a sentence. */
  public String listed() {
    List<String> all = new ArrayList<>(sites);
    all.addAll(candidates);
    return listed(all);
  }

  private static String listed(List<String> places) {
    int more = places.size() - CANDIDATES_SHOWN;
    return "Candidates: "
        + String.join("; ", places.subList(0, Math.min(CANDIDATES_SHOWN, places.size())))
        + (more > 0 ? " and " + more + " more." : ".");
  }

  /**
   * Rewrites the code of an archive.
   *
   * @throws UnusableInputException if no attention is found, or the code cannot be rewritten
   */
  public static InstrumentedCode of(String archive, TorchArchive parts) {
    try {
      return new Rewriting(parts).run();
    } catch (MalformedArchiveException unsuited) {
      throw new UnusableInputException(
          "The archive " + archive + " cannot be explained: " + unsuited.getMessage() + ".",
          unsuited);
    }
  }

  /** One rewriting. */
  private static final class Rewriting {
    private final String root;
    private final Map<String, CodeFile> files = new LinkedHashMap<>();
    private final Set<String> methods = new HashSet<>();
    private final Set<String> functions = new HashSet<>();
    private final Map<String, String> softmaxAxes = new HashMap<>();
    private final List<String> sites = new ArrayList<>();
    private final List<String> unclear = new ArrayList<>();
    private List<String> inputs = List.of();

    Rewriting(TorchArchive parts) {
      this.root = parts.root().type();
      parts.code().forEach((path, text) -> files.put(path, new CodeFile(path, text)));
      for (CodeFile file : files.values()) {
        for (Function function : file.functions()) {
          if (function.isMethod() && !function.name().startsWith("__")) {
            methods.add(function.name());
          } else if (!function.isMethod()) {
            functions.add(file.qualified(function));
          }
          String owner = String.valueOf(function.owner());
          if (owner.endsWith("Softmax") && function.name().equals("forward")) {
            softmaxAxes.put(owner, AttentionSearch.axisIn(file, function));
          }
        }
      }
    }

    InstrumentedCode run() {
      Map<String, String> rewritten = new LinkedHashMap<>();
      boolean hasRoot = false;
      for (Map.Entry<String, CodeFile> file : files.entrySet()) {
        // Insertions by place; those at one place in the order they were made.
        TreeMap<Integer, StringBuilder> insertions = new TreeMap<>();
        rewrite(file.getValue(), insertions);
        hasRoot |= addMethod(file.getValue(), insertions);
        rewritten.put(file.getKey(), merge(file.getValue().original(), insertions));
      }
      if (!hasRoot) {
        throw new MalformedArchiveException(
            "its outermost module " + root + " has no method forward");
      }
      if (sites.isEmpty()) {
        throw withoutAttention();
      }
      rewritten.put("__torch__/attention_flow.py", AttentionFunctions.TEXT);
      return new InstrumentedCode(rewritten, inputs, sites, unclear);
    }

    private MalformedArchiveException withoutAttention() {
      String cure = "Maybe export it anew from a model loaded with attn_implementation=\"eager\"";
      return new MalformedArchiveException(
          unclear.isEmpty()
              ? "no attention was found, that is no softmax that multiplies values. " + cure
              : "no softmax was found to multiply values. " + listed(unclear) + " " + cure);
    }

    private void rewrite(CodeFile file, TreeMap<Integer, StringBuilder> insertions) {
      if (isRandom(file.text())) {
        throw new MalformedArchiveException(
            "it was traced in training mode, so dropout makes it random. Maybe trace it after model.eval()");
      }
      for (Function function : file.functions()) {
        if (function.name().startsWith("__")) {
          continue;
        }
        declareList(file, function, insertions);
        passList(file, function, insertions);
        AttentionSearch search = new AttentionSearch(file, function, softmaxAxes);
        for (Site site : search.found()) {
          insert(insertions, site.operand().from(), WATCH);
          insert(insertions, site.operand().to(), ", " + site.axis() + ", " + sites.size() + ")");
          sites.add(site.reason());
        }
        for (Site site : search.fusable()) {
          insert(insertions, site.operand().from(), LIST + ", " + sites.size() + ", ");
          sites.add(site.reason());
        }
        search.unclear().stream().limit(MOST_CANDIDATES - unclear.size()).forEach(unclear::add);
      }
    }

    /** Whether a dropout with a probability above zero is on. */
    private static boolean isRandom(CodeText text) {
      Matcher dropout = DROPOUT.matcher(text.text());
      while (dropout.find()) {
        List<String> arguments = text.parts(dropout.end() - 1).stream().map(text::text).toList();
        if (arguments.size() == 3
            && arguments.get(1).matches("(?!0\\.$)[0-9.]+(e-?[0-9]+)?")
            && arguments.get(2).equals("True")) {
          return true;
        }
      }
      return false;
    }

    /** The list is the first parameter, after self. */
    private static void declareList(
        CodeFile file, Function function, TreeMap<Integer, StringBuilder> insertions) {
      String declaration = LIST + ": List[Tensor]";
      List<Span> parameters = file.text().parts(function.open());
      if (function.isMethod() && parameters.isEmpty()) {
        throw new MalformedArchiveException("its method " + function.name() + " lacks self");
      }
      if (function.isMethod()) {
        insert(insertions, parameters.get(0).to(), ",\n    " + declaration);
      } else {
        insert(insertions, function.open() + 1, declaration + (parameters.isEmpty() ? "" : ", "));
      }
    }

    /** Every function of the archive that is called gets the list. */
    private void passList(
        CodeFile file, Function function, TreeMap<Integer, StringBuilder> insertions) {
      for (Pattern pattern : List.of(METHOD_CALL, FUNCTION_CALL)) {
        Set<String> known = pattern == METHOD_CALL ? methods : functions;
        Matcher call = pattern.matcher(file.text().text());
        call.region(function.body().from(), function.body().to());
        while (call.find()) {
          if (known.contains(call.group(1))) {
            insert(insertions, call.end(), LIST + ", ");
          }
        }
      }
    }

    /** Adds the method to run in front of the outermost module's forward. */
    private boolean addMethod(CodeFile file, TreeMap<Integer, StringBuilder> insertions) {
      Function forward = file.method(root, "forward").orElse(null);
      if (forward == null) {
        return false;
      }
      List<Span> parameters = file.text().parts(forward.open());
      List<String> declarations = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (Span parameter : parameters.subList(1, parameters.size())) {
        String declaration = file.text().text(parameter);
        if (!declaration.matches("\\w+: (Optional\\[)?Tensor\\]?( ?= ?None)?")) {
          throw new MalformedArchiveException(
              "its input " + declaration + " is not a tensor. Maybe trace it with tensors alone");
        }
        declarations.add(declaration.replaceFirst(" ?=.*", ""));
        names.add(declaration.substring(0, declaration.indexOf(':')));
      }
      inputs = names;
      String result = resultType(file.text().text(forward.body()));
      String method =
          ("  def " + METHOD + "(self: " + root + ",\n    ")
              + (String.join(",\n    ", declarations) + ")")
              + (" -> Tuple[Tensor, List[Tensor], " + result + "]:\n")
              + ("    " + LIST + " = annotate(List[Tensor], [])\n")
              + ("    _0 = (self).forward(" + LIST + ", " + String.join(", ", names) + ", )\n")
              + ("    return (torch.zeros([torch.len(" + LIST + ")]), " + LIST + ", _0)\n");
      insert(insertions, forward.start(), method);
      return true;
    }

    private static String resultType(String body) {
      int arrow = body.indexOf("->");
      int end = body.indexOf(":\n");
      if (arrow < 0 || end < arrow) {
        throw new MalformedArchiveException("its method forward has no type of its result");
      }
      return body.substring(arrow + 2, end).strip();
    }

    private static void insert(TreeMap<Integer, StringBuilder> insertions, int at, String text) {
      insertions.computeIfAbsent(at, place -> new StringBuilder()).append(text);
    }

    private static String merge(String text, TreeMap<Integer, StringBuilder> insertions) {
      StringBuilder merged = new StringBuilder();
      int from = 0;
      for (Map.Entry<Integer, StringBuilder> insertion : insertions.entrySet()) {
        merged.append(text, from, insertion.getKey()).append(insertion.getValue());
        from = insertion.getKey();
      }
      merged.append(text.substring(from));
      return merged
          .toString()
          .replace("torch.scaled_dot_product_attention(" + LIST, ATTEND + "(" + LIST);
    }
  }
}
