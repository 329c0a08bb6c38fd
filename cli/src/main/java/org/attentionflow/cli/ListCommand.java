package org.attentionflow.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.attentionflow.formats.json.JsonOutput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the parts present. */
@Command(
    name = "list",
    header = "List the methods, engines, solvers and other parts that are present.",
    sortOptions = false,
    footer = {"", "Example:  attnflow list metrics", "          attnflow describe agf"})
final class ListCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "KIND",
      arity = "0..1",
      description =
          "methods, engines, solvers, aggregators, networks, formats, metrics, removals or presets;"
              + " without it all")
  Parts.@Nullable Kind kind;

  @Option(names = "--json", description = "print JSON")
  boolean json;

  ListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Part> parts = kind == null ? Parts.all() : Parts.of(kind);
    if (json) {
      Json.print(console, out -> write(parts, out));
      return ExitCode.OK;
    }
    String last = "";
    for (Part part : parts) {
      if (kind == null && !part.kind().equals(last)) {
        console.out().println((last.isEmpty() ? "" : System.lineSeparator()) + part.kind());
        last = part.kind();
        groups(parts.stream().filter(p -> p.kind().equals(part.kind())).toList(), "  ");
      }
    }
    if (kind != null) {
      groups(parts, "");
    }
    return ExitCode.OK;
  }

  /** Methods by what they go by, each group under its name; other parts have no groups. */
  private void groups(List<Part> parts, String indent) {
    for (String name : parts.stream().map(ListCommand::group).distinct().toList()) {
      boolean isNamed = !name.isEmpty();
      if (isNamed) {
        console.out().println(indent + name);
      }
      table(
          parts.stream().filter(part -> group(part).equals(name)).toList(),
          isNamed ? indent + "  " : indent);
    }
  }

  private static String group(Part part) {
    return part.details().getOrDefault(MethodParts.GROUP, "");
  }

  private void table(List<Part> parts, String indent) {
    Table table = new Table();
    for (Part part : parts) {
      table.row(indent + part.name(), String.join(", ", part.aliases()), part.summary());
      if (kind == Parts.Kind.ENGINES) {
        table.row("", "", "Can: " + String.join(", ", part.capabilities()) + ".");
      }
    }
    table.print(console.out());
  }

  private static void write(List<Part> parts, JsonOutput json) throws IOException {
    json.beginArray();
    for (Part part : parts) {
      DescribeCommand.write(part, json);
    }
    json.endArray();
  }
}
