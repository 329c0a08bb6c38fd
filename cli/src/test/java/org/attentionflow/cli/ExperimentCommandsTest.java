package org.attentionflow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.attentionflow.evaluation.bundle.Bundle;
import org.attentionflow.evaluation.json.JsonTree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands around experiments. */
class ExperimentCommandsTest {
  @TempDir static Path temporary;

  private static ExperimentFolder folder;
  private static String bundle;

  @BeforeAll
  static void run() throws IOException {
    folder = new ExperimentFolder(temporary);
    bundle = folder.path("bundle").toString();
    CommandRun run = CommandRun.of("run", folder.file(), "-o", bundle, "--set", "data.count=6");
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.out().contains("| agf | 6 |"), run.out());
    assertTrue(run.err().contains("perturbations"), run.err());
  }

  private String other(String name) {
    return folder.path(name).toString();
  }

  @Test
  void verifyFindsEveryFileInOrder() throws IOException {
    CommandRun good = CommandRun.of("verify", bundle).ok();
    assertTrue(good.out().contains("recomputed bit for bit"), good.out());
    Path copy = Files.createDirectories(folder.path("copy"));
    for (String name : folder.digests("bundle").keySet()) {
      Files.copy(folder.path("bundle").resolve(name), copy.resolve(name));
    }
    Files.writeString(copy.resolve("summary.md"), "better\n");
    CommandRun bad = CommandRun.of("verify", copy.toString());
    assertEquals(ExitCode.UNVERIFIED, bad.code());
    assertTrue(bad.out().contains("BAD  summary.md has changed"), bad.out());
    for (String name : List.of("summary.csv", "summary.md", "summary.tex", "report.html")) {
      Path changed = Files.createDirectories(folder.path("changed-" + name));
      for (String file : folder.digests("bundle").keySet()) {
        Files.copy(folder.path("bundle").resolve(file), changed.resolve(file));
      }
      String text = Files.readString(changed.resolve(name));
      Files.writeString(changed.resolve(name), text.replaceFirst("0\\.", "1."));
      Bundle.seal(changed);
      CommandRun edited = CommandRun.of("verify", changed.toString());
      assertEquals(ExitCode.UNVERIFIED, edited.code(), edited.out());
      String line = "BAD  " + name + " does not follow from the metrics";
      assertTrue(edited.out().contains(line), edited.out());
    }
    CommandRun.of("verify", temporary.toString()).failed(ExitCode.UNUSABLE, "no finished bundle");
  }

  @Test
  void reproduceAndDiff() {
    CommandRun again =
        CommandRun.of("reproduce", bundle, "-q", "-o", other("again"), "--set", "data.path=x");
    again.failed(ExitCode.UNUSABLE, "does not exist");
    CommandRun.of("run", folder.file(), "-q", "-o", other("second"), "--set", "data.count=6");
    assertEquals(
        "no difference in settings.json, lock.json, provenance.json, summary.json\n",
        CommandRun.of("diff", bundle, other("second")).ok().out());
    CommandRun.of(
        "run",
        folder.file(),
        "-q",
        "-o",
        other("mu"),
        "--set",
        "data.count=6",
        "--set",
        "solver.mu=0.1");
    CommandRun diff = CommandRun.of("diff", bundle, other("mu"));
    assertEquals(ExitCode.UNVERIFIED, diff.code());
    assertTrue(diff.out().contains("settings.json: solver.mu: \"1e-3\" -> \"0.1\""), diff.out());
  }

  @Test
  void reproduceGivesTheSameBytes() throws IOException {
    Path root = Files.createDirectories(folder.path("root"));
    Files.copy(folder.path("dev.tsv"), root.resolve("dev.tsv"));
    Path file = folder.path("rooted.yaml");
    Files.writeString(
        file,
        "name: rooted\ndata: {path: \"${data}/dev.tsv\", count: 3}\nmethods: [agf]\n"
            + "evaluation: {statistics: {resamples: 50, permutations: 50}}\n");
    String set = "data.root=" + root;
    CommandRun.of("run", file.toString(), "-q", "-o", other("rooted"), "--set", set).ok();
    CommandRun run =
        CommandRun.of("reproduce", other("rooted"), "-q", "-o", other("rooted2"), "--set", set);
    assertEquals("reproduced: the same bytes\n", run.ok().out());
    JsonObject again =
        json(
            CommandRun.of(
                    "reproduce",
                    other("rooted"),
                    "-q",
                    "--json",
                    "-o",
                    other("rooted4"),
                    "--set",
                    set)
                .ok());
    assertTrue(again.get("sameBytes").getAsBoolean());
    String more = Files.readString(root.resolve("dev.tsv")) + "one more\t1\n";
    Files.writeString(root.resolve("dev.tsv"), more);
    CommandRun grown =
        CommandRun.of("reproduce", other("rooted"), "-q", "-o", other("grown"), "--set", set).ok();
    assertTrue(grown.out().contains("lock.json: data.rows: 30 -> 31\n"), grown.out());
    assertTrue(grown.out().contains("reproduced: the largest difference"), grown.out());
    Files.writeString(root.resolve("dev.tsv"), "sentence\tlabel\nother\t1\nwords\t0\nhere\t1\n");
    CommandRun changed =
        CommandRun.of("reproduce", other("rooted"), "-q", "-o", other("rooted3"), "--set", set);
    assertEquals(ExitCode.UNVERIFIED, changed.code(), changed.err());
  }

  @Test
  void compareRefusesOtherData() {
    CommandRun same = CommandRun.of("compare", bundle, bundle).ok();
    assertTrue(same.out().contains("| aopc@1 | mask | agf | 0 |"), same.out());
    assertFalse(same.out().contains("-order |"), same.out());
    CommandRun.of("run", folder.file(), "-q", "-o", other("few"), "--set", "data.count=5").ok();
    CommandRun.of("compare", bundle, other("few"))
        .failed(ExitCode.UNUSABLE, "the digests of the data differ");
  }

  @Test
  void theLockNamesThePartsAndTheirDigests() throws IOException {
    JsonObject lock =
        JsonTree.object(Files.readString(folder.path("bundle").resolve("lock.json")), "lock.json");
    JsonObject method = lock.getAsJsonObject("methods").getAsJsonObject("agf");
    assertEquals("barrier", method.get("solver").getAsString());
    for (String part :
        List.of("engine pytorch", "solver barrier", "metric aopc", "operator mask")) {
      JsonObject found = lock.getAsJsonObject("parts").getAsJsonObject(part);
      assertTrue(found.get("digest").getAsString().matches("[0-9a-f]{64}"), part);
      assertTrue(found.get("class").getAsString().startsWith("org.attentionflow."), part);
      assertFalse(found.get("version").getAsString().isEmpty(), part);
      assertFalse(found.get("file").getAsString().contains("/"), part);
    }
  }

  @Test
  void theCommandLineIsKeptWithoutPlaces() throws IOException {
    String command = Files.readString(folder.path("bundle").resolve("runtime/command.txt"));
    assertEquals("attnflow run PATH/small.yaml -o PATH --set data.count=6\n", command);
    String manifest = Files.readString(folder.path("bundle").resolve("MANIFEST.sha256"));
    assertFalse(manifest.contains("command"), manifest);
  }

  @Test
  void compareLooksAtTheSettingsThatTheMetricsRead() {
    String[] count = {"--set", "data.count=6", "--set", "evaluation.random-orders=2", "--set"};
    for (String set : List.of("evaluation.samples=7", "evaluation.grid=[0.5]")) {
      CommandRun.of(
              "run",
              folder.file(),
              "-q",
              "-o",
              other(set),
              count[0],
              count[1],
              count[2],
              count[3],
              count[4],
              set)
          .ok();
    }
    CommandRun.of("compare", bundle, other("evaluation.samples=7")).ok();
    CommandRun refused = CommandRun.of("compare", bundle, other("evaluation.grid=[0.5]"));
    refused.failed(ExitCode.UNUSABLE, "aopc@1 cannot be compared: evaluation.grid is [0.1,");
    assertTrue(refused.err().length() < 200, refused.err());
  }

  @Test
  void evaluateComputesOtherMetricsWithoutTheModel() {
    CommandRun run =
        CommandRun.of(
                "evaluate", bundle, "--set", "evaluation.metrics=[logit-odds, aopc]", "--json")
            .ok();
    assertTrue(run.out().contains("logit-odds@1"));
    JsonTree.object(run.out(), "summary");
  }

  @Test
  void evaluateRefusesWhatWouldHaveNoEffect() {
    for (String set :
        List.of(
            "evaluation.metrics=[max-sensitivity]",
            "evaluation.metrics=[aopc, determinism]",
            "evaluation.features=words",
            "evaluation.preset=eraser",
            "solver.mu=1",
            "seed=4")) {
      String word = set.contains("metrics") ? "asks the model" : "no effect on what a run has";
      CommandRun.of("evaluate", bundle, "--set", set).failed(ExitCode.USAGE, word);
    }
  }

  @Test
  void everyCommandAboutBundlesPrintsJson() {
    JsonObject verified = json(CommandRun.of("verify", bundle, "--json").ok());
    assertTrue(verified.get("verified").getAsBoolean());
    assertEquals(3, verified.getAsJsonArray("checks").size(), verified.toString());
    JsonObject compared = json(CommandRun.of("compare", bundle, bundle, "--json").ok());
    assertEquals(2 * 2, compared.getAsJsonArray("tests").size());
    JsonObject equal = json(CommandRun.of("diff", bundle, bundle, "--json").ok());
    assertTrue(equal.get("equal").getAsBoolean());
    JsonObject report =
        json(CommandRun.of("report", bundle, "-o", other("json-report"), "--json").ok());
    assertTrue(Files.exists(Path.of(report.get("report").getAsString())));
    CommandRun.of("run", folder.file(), "-q", "-o", other("five"), "--set", "data.count=5").ok();
    CommandRun differing = CommandRun.of("diff", bundle, other("five"), "--json");
    assertEquals(ExitCode.UNVERIFIED, differing.code());
    assertTrue(
        json(differing).getAsJsonArray("differences").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .anyMatch(
                found ->
                    found.get("key").getAsString().equals("data.count")
                        && found.get("left").getAsInt() == 6
                        && found.get("right").getAsInt() == 5));
  }

  private static JsonObject json(CommandRun run) {
    return JsonTree.object(run.out(), "the output");
  }

  @Test
  void reportIsWrittenElsewhere() {
    CommandRun.of("report", bundle, "-o", other("report")).ok();
    assertTrue(Files.exists(folder.path("report").resolve("report.html")));
    CommandRun.of("report", bundle, "-o", bundle).failed(ExitCode.UNUSABLE, "not written to");
  }

  @Test
  void ablateVariesComponents() {
    CommandRun run =
        CommandRun.of(
                "ablate",
                folder.file(),
                "--grid",
                "aggregator=af,agf; mu=1e-3,1e-2",
                "-q",
                "--set",
                "methods=[agf]",
                "--set",
                "data.count=3",
                "-o",
                other("ablated"))
            .ok();
    assertTrue(run.out().contains("| agf[solver.mu=1e-2] | 3 |"), run.out());
    CommandRun.of("ablate", folder.file(), "--grid", "solvr=x", "-o", other("no"))
        .failed(ExitCode.UNUSABLE, "sweep.over.solvr");
  }

  @Test
  void tablesMarkScoresThatAreNotUnique() throws IOException {
    CommandRun run =
        CommandRun.of(
                "ablate",
                folder.file(),
                "--grid",
                "solver=barrier,dinic",
                "-q",
                "--set",
                "methods=[agf]",
                "--set",
                "data.count=3",
                "-o",
                other("maximum-flow"))
            .ok();
    assertTrue(run.out().contains("| agf[solver.name=dinic] † | 3 |"), run.out());
    assertTrue(run.out().contains("| agf[solver.name=barrier] | 3 |"), run.out());
    String html = Files.readString(folder.path("maximum-flow").resolve("report.html"));
    assertTrue(html.contains("† not unique (agf[solver.name=dinic])"), "in the report");
  }

  @Test
  void planRunsNothing() {
    CommandRun plan = CommandRun.of("run", folder.file(), "--plan", "-o", other("planned")).ok();
    assertTrue(plan.out().startsWith("30 examples, 0 skipped\n"), plan.out());
    assertTrue(Files.notExists(folder.path("planned")));
  }

  @Test
  void configShowsTemplateSchemaAndDefaults() {
    assertTrue(CommandRun.of("config", "init", "mine").ok().out().contains("name: mine #"));
    JsonTree.object(CommandRun.of("config", "schema").ok().out(), "schema");
    CommandRun resolved = CommandRun.of("config", "resolve", folder.file()).ok();
    assertTrue(resolved.out().contains("\"rounding\": \"ceiling\""), resolved.out());
    assertTrue(CommandRun.of("config", "formats").ok().out().contains("eraser"));
  }

  @Test
  void mistakesAreOneLineWithTheirCode() throws IOException {
    Path unknown = folder.write("unknown.yaml", "solver:\n  mue: 1\n");
    CommandRun.of("run", unknown.toString(), "-o", other("x"))
        .failed(ExitCode.UNUSABLE, "solver.mue: unknown key (line 7). Did you mean solver.mu?");
    Path malformed = folder.write("malformed.yaml", "seed: [1\n");
    CommandRun.of("run", malformed.toString()).failed(ExitCode.UNUSABLE, "is not YAML");
    CommandRun.of("run", other("none.yaml")).failed(ExitCode.UNUSABLE, "does not exist");
    CommandRun.of("run", folder.file(), "--set", "data.text=sentense")
        .failed(ExitCode.UNUSABLE, "no column 'sentense'");
    CommandRun.of("run", folder.file(), "--set", "data.digest=00")
        .failed(ExitCode.UNUSABLE, "has changed");
    CommandRun.of("run", folder.file(), "--set", "model.digest=00")
        .failed(ExitCode.UNUSABLE, "has changed");
    CommandRun.of("run", folder.file(), "--set", "methods=[agff]")
        .failed(ExitCode.UNUSABLE, "no attribution method named 'agff'");
    CommandRun.of("run", folder.file(), "--set", "evaluation.metrics=[aop]")
        .failed(ExitCode.UNUSABLE, "Did you mean aopc?");
    CommandRun.of("run", folder.file(), "--set", "runtime.memory=1")
        .failed(ExitCode.MEMORY, "needs about");
    CommandRun.of("run", folder.file(), "-o", bundle)
        .failed(ExitCode.UNUSABLE, "holds a finished run");
    Path labels = folder.path("labels.tsv");
    Files.writeString(labels, "sentence\tlabel\nfine\tgood\n");
    CommandRun.of("run", folder.file(), "--set", "data.path=labels.tsv")
        .failed(ExitCode.UNUSABLE, "The label 'good' of the data is no class of the model");
  }

  @Test
  void aMissedExpectationHasItsOwnCode() throws IOException {
    Path file =
        folder.write(
            "expect.yaml", "expect:\n  - {method: agf, metric: aopc, value: 2, tolerance: 0.1}\n");
    CommandRun run =
        CommandRun.of(
            "run", file.toString(), "-q", "-o", other("expected"), "--set", "data.count=3");
    assertEquals(ExitCode.UNVERIFIED, run.code());
    assertTrue(run.err().contains("not as expected: aopc of agf = "), run.err());
  }

  @Test
  void anExpectationOfNoRowIsRefusedBeforeTheRun() throws IOException {
    for (String wrong :
        List.of(
            "method: agff, metric: aopc",
            "method: agf, metric: aop",
            "method: agf, metric: aopc, operator: pad",
            "method: random-order, metric: no-path")) {
      Path file =
          folder.write("mistyped.yaml", "expect:\n  - {" + wrong + ", value: 0, tolerance: 9}\n");
      CommandRun.of("run", file.toString(), "-q", "-o", other("mistyped"))
          .failed(ExitCode.UNUSABLE, "the run will have no such number");
      assertTrue(Files.notExists(folder.path("mistyped")));
    }
  }

  @Test
  void failedRecordsHaveTheirOwnCode() {
    CommandRun run =
        CommandRun.of(
            "run",
            folder.file(),
            "-q",
            "-o",
            other("failed"),
            "--set",
            "data.count=3",
            "--set",
            "solver.iteration-limit=1");
    assertEquals(ExitCode.SOME_FAILED, run.code(), run.err());
    assertTrue(run.out().contains("3 examples, 0 skipped, 0 failed; 6 records"), run.out());
    assertTrue(CommandRun.of("verify", other("failed")).ok().out().contains("summary.md"));
  }
}
