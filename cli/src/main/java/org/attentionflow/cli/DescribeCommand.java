package org.attentionflow.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.attentionflow.attribution.MethodOption;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.formats.json.JsonOutput;
import org.attentionflow.pipeline.SettingsKey;
import org.attentionflow.plugin.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes a part by its name. */
@Command(
    name = "describe",
    header =
        "Say what a part is (a method, a solver, a metric, …) and which settings matter to it.",
    sortOptions = false,
    footer = {"", "Example:  attnflow describe agf", "          attnflow describe aopc"})
final class DescribeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "NAME", description = "a name or alias: see attnflow list")
  String name = "";

  @Option(names = "--json", description = "print JSON")
  boolean json;

  DescribeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Part> all = Parts.all();
    List<Part> found = all.stream().filter(part -> part.isNamed(name)).toList();
    if (found.isEmpty()) {
      List<String> names =
          all.stream()
              .flatMap(part -> Stream.concat(Stream.of(part.name()), part.aliases().stream()))
              .distinct()
              .toList();
      throw new UnusableInputException(
          "There is no part named '"
              + name
              + "'."
              + Nearest.find(name, names)
                  .map(near -> " Did you mean " + near + "?")
                  .orElse(" Present: " + String.join(", ", names) + "."));
    }
    if (json) {
      // One object: a name that is both a method and its aggregator is described as the method.
      Json.print(console, out -> write(found.get(0), out));
      return ExitCode.OK;
    }
    for (int i = 0; i < found.size(); i++) {
      if (i > 0) {
        console.out().println();
      }
      print(found.get(i));
    }
    return ExitCode.OK;
  }

  private void print(Part part) {
    Table table = new Table();
    table.row("name", part.name());
    table.row("kind", part.kind());
    row(table, "aliases", String.join(", ", part.aliases()));
    table.row("what it is", part.summary());
    part.details().forEach((heading, text) -> row(table, heading, text));
    row(table, "source", part.source());
    row(table, "capabilities", String.join(", ", part.capabilities()));
    row(table, "class", part.provider());
    table.print(console.out());
    printOptions(part.options());
    if (!part.settings().isEmpty()) {
      console.out().println("settings");
      Table settings = new Table();
      for (SettingsKey key : SettingsKey.values()) {
        if (part.settings().contains(key.key())) {
          settings.row("  " + key.key(), key.defaultValue(), key.meaning());
        }
      }
      settings.print(console.out());
    }
  }

  private void printOptions(List<MethodOption> options) {
    if (!options.isEmpty()) {
      console.out().println("settings of its own");
      Table table = new Table();
      for (MethodOption option : options) {
        table.row("  " + option.settingsKey(), option.defaultValue(), option.meaning());
      }
      table.print(console.out());
    }
  }

  private static void row(Table table, String heading, String text) {
    if (!text.isEmpty()) {
      table.row(heading, text);
    }
  }

  /** Writes a part as an object. */
  static void write(Part part, JsonOutput json) throws IOException {
    json.beginObject();
    json.name("kind").value(part.kind());
    json.name("name").value(part.name());
    json.name("aliases");
    Json.strings(json, part.aliases());
    json.name("summary").value(part.summary());
    json.name("source").value(part.source());
    json.name("capabilities");
    Json.strings(json, part.capabilities());
    json.name("settings");
    Json.strings(json, part.settings());
    json.name("details").beginObject();
    for (Map.Entry<String, String> detail : part.details().entrySet()) {
      json.name(detail.getKey().replace(' ', '-')).value(detail.getValue());
    }
    json.endObject();
    json.name("options").beginObject();
    for (MethodOption option : part.options()) {
      json.name(option.settingsKey()).value(option.defaultValue());
    }
    json.endObject();
    json.name("class").value(part.provider().isEmpty() ? null : part.provider());
    json.endObject();
  }
}
