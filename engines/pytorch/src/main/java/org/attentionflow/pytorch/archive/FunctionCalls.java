package org.attentionflow.pytorch.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.attentionflow.pytorch.archive.CodeFile.Function;
import org.attentionflow.pytorch.archive.CodeText.Span;
import org.jspecify.annotations.Nullable;

/** The statements of one function, and what is called in their expressions. */
final class FunctionCalls {
  /** The name of a pair of brackets around an expression. */
  static final String BRACKETS = "()";

  private static final Pattern ASSIGNMENT = Pattern.compile("(?m)^ *(\\w+) = (.+)$");
  private static final Pattern METHOD = Pattern.compile("\\)\\.\\w+\\(");
  private static final int MOST_CHARACTERS = 160;

  /**
   * A call.
   *
   * @param name of the function, {@link #BRACKETS}, or empty for a method of a module
   * @param module the class of that module; empty if there is none or it is unknown
   * @param open where the bracket with the arguments opens
   */
  record Call(String name, String module, int open) {}

  /** An assignment to a name. */
  record Assignment(String name, Span value) {}

  private final CodeFile file;
  private final Function function;
  private final CodeText text;
  private final List<Assignment> assignments = new ArrayList<>();
  private final Map<String, String> modules = new HashMap<>();

  FunctionCalls(CodeFile file, Function function) {
    this.file = file;
    this.function = function;
    this.text = file.text();
    Matcher assignment = in(ASSIGNMENT);
    while (assignment.find()) {
      Span value = text.trimmed(assignment.start(2), assignment.end(2));
      assignments.add(new Assignment(assignment.group(1), value));
      String path = text.text(value);
      if (path.startsWith("self.")) {
        modules.put(assignment.group(1), attribute(path));
      }
    }
  }

  /** In the order of the text. */
  List<Assignment> assignments() {
    return assignments;
  }

  /** Whether a softmax here is that of whoever calls this function. */
  boolean isSoftmax() {
    return function.isMethod()
        ? String.valueOf(function.owner()).endsWith("Softmax")
        : function.name().equals("softmax");
  }

  /** The call that an expression is; null if it is none. */
  @Nullable Call call(Span expression) {
    int open = bracket(expression.from(), expression.to());
    if (open < 0) {
      return null;
    }
    int behind = text.partner(open) + 1;
    if (open > expression.from()) {
      String name = text.text(new Span(expression.from(), open));
      return behind == expression.to() ? new Call(name, "", open) : null;
    }
    if (behind == expression.to()) {
      return new Call(BRACKETS, "", open);
    }
    int arguments = bracket(behind, expression.to());
    boolean isMethod = arguments > 0 && text.partner(arguments) == expression.to() - 1;
    return isMethod ? new Call("", module(open), arguments) : null;
  }

  /** The first bracket that opens; −1 if none does. */
  private int bracket(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.text().charAt(i) == '(') {
        return i;
      }
    }
    return -1;
  }

  /** The arguments of a call. */
  List<Span> arguments(Call call) {
    return text.parts(call.open());
  }

  /** The text of an argument of a call; empty if there are fewer. */
  String argument(Call call, int index) {
    List<Span> arguments = arguments(call);
    return index < arguments.size() ? text.text(arguments.get(index)) : "";
  }

  /** The calls of functions that a pattern finds, which ends with the opening bracket. */
  List<Call> calls(Pattern pattern) {
    List<Call> calls = new ArrayList<>();
    Matcher matcher = in(pattern);
    while (matcher.find()) {
      calls.add(new Call(matcher.group(), "", matcher.end() - 1));
    }
    return calls;
  }

  /** The calls of methods of modules. */
  List<Call> methodCalls() {
    List<Call> calls = new ArrayList<>();
    Matcher matcher = in(METHOD);
    while (matcher.find()) {
      calls.add(new Call("", module(text.partner(matcher.start())), matcher.end() - 1));
    }
    return calls;
  }

  /** The function and the statement that a place is in, for a message; long ones in part. */
  String at(int place) {
    String code = text.text();
    int from = place;
    while (from > 0 && code.charAt(from - 1) != '\n' && place - from < MOST_CHARACTERS) {
      from--;
    }
    int to = place;
    while (to < code.length() && code.charAt(to) != '\n' && to - from < MOST_CHARACTERS) {
      to++;
    }
    return where()
        + ": "
        + file.original().substring(from, to).replaceAll("\\p{Cntrl}", " ").strip();
  }

  /** The class without its package, but for the part that tells layers apart. */
  private String where() {
    String owner = String.valueOf(function.owner());
    int name = owner.lastIndexOf('.');
    int module = owner.lastIndexOf('.', name - 1);
    boolean isMangled = name > 0 && owner.startsWith("___torch_mangle", module + 1);
    String shortName = owner.substring((isMangled ? module : name) + 1);
    return (function.isMethod() ? shortName + "." : "") + function.name();
  }

  /** The class of the module in a pair of brackets; empty if it is unknown. */
  private String module(int open) {
    String receiver = text.text(text.trimmed(open + 1, text.partner(open)));
    return receiver.startsWith("self.") ? attribute(receiver) : modules.getOrDefault(receiver, "");
  }

  private String attribute(String path) {
    return function.attributes().getOrDefault(path.substring("self.".length()), "");
  }

  private Matcher in(Pattern pattern) {
    return pattern.matcher(text.text()).region(function.body().from(), function.body().to());
  }
}
