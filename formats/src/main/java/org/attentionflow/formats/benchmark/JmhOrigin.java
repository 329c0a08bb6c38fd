package org.attentionflow.formats.benchmark;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Where, when and how results of JMH were taken: what all entries of a file say, which may come
 * from several runs. Date and commit are properties that {@code benchmarks/run} gives to the
 * virtual machines it starts.
 */
final class JmhOrigin {
  private static final String COMMIT = "-Dresults.commit=";
  private static final String MODULES = "--add-modules";
  private static final String DATE = "-Dresults.date=";

  private final List<JsonObject> results;

  JmhOrigin(JsonArray results) {
    this.results =
        StreamSupport.stream(results.spliterator(), false)
            .map(JsonElement::getAsJsonObject)
            .toList();
  }

  /**
   * The machine.
   *
   * @param here what is not in the results; a date and a commit here replace theirs
   * @param dateOfFile the date if neither says it
   */
  Machine machine(Machine here, String dateOfFile) {
    String options = distinct(JmhOrigin::options, ", or ");
    String date = here.date().isEmpty() ? properties(DATE) : here.date();
    return new Machine(
        here.processor(),
        here.processors(),
        distinct(result -> text(result, "vmName") + " " + text(result, "jdkVersion"), ", or "),
        here.platform(),
        options,
        date.isEmpty() ? dateOfFile : date,
        here.commit().isEmpty() ? properties(COMMIT) : here.commit());
  }

  /** How times were taken, in a sentence. */
  String method() {
    String forks = range("forks");
    return "JMH "
        + distinct(result -> text(result, "jmhVersion"), ", ")
        + ", "
        + forks
        + (forks.equals("1") ? " fork, " : " forks, ")
        + range("warmupIterations")
        + " warm-up and "
        + range("measurementIterations")
        + " measured iterations of "
        + distinct(result -> text(result, "measurementTime"), " or ")
        + "; the median iteration";
  }

  /** Options of the virtual machine; agents and properties are left out: they name folders. */
  private static String options(JsonObject result) {
    // JMH cuts a list of options at its spaces.
    List<String> options =
        Stream.of(
                arguments(result)
                    .collect(Collectors.joining(" "))
                    .replace(MODULES + " ", MODULES + "=")
                    .split(" "))
            .filter(option -> option.startsWith("-X") || option.startsWith(MODULES))
            .toList();
    return options.isEmpty() ? "default options" : String.join(" ", options);
  }

  private String properties(String property) {
    return results.stream()
        .flatMap(JmhOrigin::arguments)
        .filter(argument -> argument.startsWith(property))
        .map(argument -> argument.substring(property.length()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static Stream<String> arguments(JsonObject result) {
    JsonArray none = new JsonArray();
    JsonArray all = Objects.requireNonNullElse(result.getAsJsonArray("jvmArgs"), none);
    return StreamSupport.stream(all.spliterator(), false).map(JsonElement::getAsString);
  }

  /** A number that entries may differ in, as {@code 3} or {@code 0 to 3}. */
  private String range(String name) {
    Collection<Integer> numbers =
        results.stream().filter(r -> r.has(name)).map(r -> r.get(name).getAsInt()).toList();
    TreeSet<Integer> sorted = new TreeSet<>(numbers);
    if (sorted.isEmpty()) {
      return "an unknown number of";
    }
    return sorted.size() == 1 ? "" + sorted.first() : sorted.first() + " to " + sorted.last();
  }

  private String distinct(Function<JsonObject, String> what, String between) {
    return results.stream().map(what).distinct().collect(Collectors.joining(between));
  }

  private static String text(JsonObject object, String name) {
    return object.has(name) ? object.get(name).getAsString() : "";
  }
}
