package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.attentionflow.pipeline.SettingsKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that say what there is. */
class InformationCommandsTest {
  private static final int SCREEN_LINES = 45;
  private static final int SCREEN_COLUMNS = 84;

  static Set<String> commands() {
    return CommandTree.names();
  }

  @Test
  void thereAreCommands() {
    assertTrue(commands().containsAll(List.of("explain", "run", "help")), commands().toString());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasAHelpOfOneScreenWithAnExample(String command) {
    String help = CommandRun.of(command, "--help").ok().out();
    assertTrue(help.contains("attnflow " + command + " "), help);
    assertTrue(help.contains("Example:  "), help);
    assertTrue(help.lines().count() <= SCREEN_LINES, help);
    help.lines().forEach(line -> assertTrue(line.length() <= SCREEN_COLUMNS, line));
    assertEquals(help, CommandRun.of("help", command).ok().out());
  }

  @Test
  void theCommandAloneAsksForHelp() {
    String help = CommandRun.of().ok().out();
    assertTrue(help.contains("explain") && help.contains("Exit codes"), help);
    assertEquals(help, CommandRun.of("--help").ok().out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "methods",
        "engines",
        "solvers",
        "aggregators",
        "networks",
        "formats",
        "metrics",
        "removals",
        "presets",
        ""
      })
  void listsAreNotEmpty(String kind) {
    String[] text = kind.isEmpty() ? new String[] {"list"} : new String[] {"list", kind};
    assertFalse(CommandRun.of(text).ok().out().isBlank());
    String[] json =
        kind.isEmpty() ? new String[] {"list", "--json"} : new String[] {"list", kind, "--json"};
    for (JsonElement part :
        JsonParser.parseString(CommandRun.of(json).ok().out()).getAsJsonArray()) {
      assertFalse(part.getAsJsonObject().get("name").getAsString().isBlank());
      assertFalse(part.getAsJsonObject().get("summary").getAsString().isBlank());
    }
  }

  @Test
  void partsAreDescribedByNameAndAlias() {
    assertTrue(CommandRun.of("describe", "agf").ok().out().contains("ACL 2025"));
    assertTrue(CommandRun.of("describe", "attention-gradient").ok().out().contains("agf"));
    String barrier = CommandRun.of("describe", "barrier", "--json").ok().out();
    assertTrue(barrier.contains("unique-flow") && barrier.contains("solver.mu"), barrier);
  }

  @Test
  void methodsAreListedInGroupsAndDescribed() {
    String list = CommandRun.of("list", "methods").ok().out();
    int[] places =
        Stream.of("flow", "attention", "gradient", "relevance", "perturbation", "control")
            .mapToInt(group -> list.lines().toList().indexOf(group))
            .toArray();
    assertTrue(places[0] == 0, list);
    assertTrue(Arrays.stream(places).allMatch(place -> place >= 0), list);
    assertArrayEquals(Arrays.stream(places).sorted().toArray(), places, list);
    String text = CommandRun.of("describe", "ig").ok().out();
    for (String word : new String[] {"ICML 2017", "s_i = ", "method.steps", "positive for"}) {
      assertTrue(text.contains(word), text);
    }
    String json = CommandRun.of("describe", "rollout", "--json").ok().out();
    JsonObject rollout = JsonParser.parseString(json).getAsJsonObject();
    assertEquals("attention", rollout.getAsJsonObject("details").get("group").getAsString());
    assertEquals("half", rollout.getAsJsonObject("options").get("method.residual").getAsString());
  }

  @Test
  void metricsSayWhatTheyAre() {
    String aopc = CommandRun.of("describe", "aopc").ok().out();
    assertTrue(aopc.contains("aopc@1") && aopc.contains("higher is better"), aopc);
    assertTrue(aopc.contains("[-1, 1]") && aopc.contains("k(q)"), aopc);
    String ferret = CommandRun.of("describe", "ferret").ok().out();
    assertTrue(ferret.contains("floor") && ferret.contains("delete"), ferret);
    String mask = CommandRun.of("describe", "attention-mask", "--json").ok().out();
    assertTrue(mask.contains("\"kind\": \"removals\""), mask);
  }

  @Test
  void everySettingIsPrinted() {
    String text = CommandRun.of("settings").ok().out();
    String json = CommandRun.of("settings", "--json").ok().out();
    for (SettingsKey key : SettingsKey.values()) {
      assertTrue(text.contains(key.key()) && text.contains(key.meaning()), key.key());
    }
    assertEquals(SettingsKey.values().length, JsonParser.parseString(json).getAsJsonArray().size());
  }

  @Test
  void everyPaperIsCited() {
    String out = CommandRun.of("cite").ok().out();
    for (String known : new String[] {"2502.15765", "2205.15389", "2005.00928", "2105.14652"}) {
      assertTrue(out.contains(known), known);
    }
    assertFalse(out.contains("@VERSION@"), out);
    assertTrue(out.contains("attnflow describe"), out);
  }

  @Test
  void theDoctorFindsEverythingWell() {
    CommandRun run = CommandRun.of("doctor").ok();
    run.outLines().forEach(line -> assertTrue(line.startsWith("ok "), line));
    assertTrue(run.out().contains("engine pytorch") && run.out().contains("cute"), run.out());
  }

  @Test
  void completionKnowsTheCommands() {
    String script = CommandRun.of("completion", "bash").ok().out();
    assertTrue(script.contains("explain") && script.contains("--mu-absolute"));
    assertTrue(CommandRun.of("completion", "zsh").ok().out().contains("compinit"));
  }

  @Test
  void colourOfTheHelpIsForTerminals() {
    assertTrue(CommandRun.onTerminal(Map.of(), "help").out().contains("\u001b"));
    assertFalse(CommandRun.onTerminal(Map.of("NO_COLOR", "1"), "help").out().contains("\u001b"));
  }
}
