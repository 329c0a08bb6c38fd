package org.attentionflow.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.attentionflow.formats.json.JsonOutput;
import org.attentionflow.pipeline.SettingsKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints every setting. */
@Command(
    name = "settings",
    header = "Print every setting with its default and its meaning.",
    sortOptions = false,
    description = "A settings file has one line \"key = value\" for each that differs.",
    footer = {
      "",
      "Example:  attnflow settings",
      "          attnflow explain --settings my.properties --set solver.mu=1e-4 TEXT"
    })
final class SettingsCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", description = "print JSON")
  boolean json;

  SettingsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (json) {
      Json.print(console, SettingsCommand::write);
      return ExitCode.OK;
    }
    Table table = new Table("key", "default", "meaning");
    for (SettingsKey key : SettingsKey.values()) {
      table.row(key.key(), key.defaultValue().isEmpty() ? "-" : key.defaultValue(), key.meaning());
    }
    table.print(console.out());
    return ExitCode.OK;
  }

  private static void write(JsonOutput json) throws IOException {
    json.beginArray();
    for (SettingsKey key : SettingsKey.values()) {
      json.beginObject();
      json.name("key").value(key.key());
      json.name("default").value(key.defaultValue());
      json.name("meaning").value(key.meaning());
      json.endObject();
    }
    json.endArray();
  }
}
