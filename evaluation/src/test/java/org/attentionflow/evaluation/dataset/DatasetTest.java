package org.attentionflow.evaluation.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.provenance.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format on rows written for it. */
class DatasetTest {
  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static List<String> texts(Dataset data) {
    return data.examples().stream().map(Example::text).toList();
  }

  private static List<String> labels(Dataset data) {
    return data.examples().stream().map(Example::label).toList();
  }

  private static String marked(Example example) {
    return String.join(
        "|",
        example.rationale().stream()
            .map(span -> example.text().substring(span.start(), span.end()))
            .toList());
  }

  private static String failure(DatasetSettings settings) {
    String message =
        assertThrows(UnusableInputException.class, () -> Dataset.read(settings)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @Test
  void glueQuotesMeanNothing() throws IOException {
    Path file = file("dev.tsv", "sentence\tlabel\na \"quoted film \t1\nit 's dull\t0\n");
    Dataset data = Dataset.read(DatasetSettings.of(file, "tsv"));
    assertEquals(List.of("a \"quoted film ", "it 's dull"), texts(data));
    assertEquals(List.of("1", "0"), labels(data));
    assertEquals("2", data.examples().get(0).id());
    assertEquals(Map.of("dev.tsv", Digest.of(file)), data.digests());
  }

  @Test
  void aTableWithoutHeaderHasNumberedColumns() throws IOException {
    Path file = file("test.tsv", "Stocks fell.\tBusiness\nA probe landed.\tSci/Tech\n");
    DatasetSettings settings = DatasetSettings.of(file, "tsv-without-header");
    assertEquals(List.of("Business", "Sci/Tech"), labels(Dataset.read(settings)));
    Dataset swapped = Dataset.read(settings.with(Columns.of("2", "1")));
    assertEquals(List.of("Business", "Sci/Tech"), texts(swapped));
  }

  @Test
  void newsCsvHasClassTitleAndText() throws IOException {
    Path file =
        file(
            "train.csv",
            "\"3\",\"Up, and away\",\"He said \"\"no\"\".\\nThen,\"\n\"1\",\"T\",\"x\"\n");
    DatasetSettings settings = DatasetSettings.of(file, "csv-without-header");
    Dataset data = Dataset.read(settings);
    assertEquals(List.of("Up, and away He said \"no\".\\nThen,", "T x"), texts(data));
    assertEquals(List.of("3", "1"), labels(data));
    DatasetSettings unescaped =
        new DatasetSettings(
            file,
            null,
            settings.format(),
            Columns.usual(),
            Map.of(),
            List.of(),
            true,
            "",
            Selection.all());
    assertEquals("Up, and away He said \"no\".\nThen,", texts(Dataset.read(unescaped)).get(0));
  }

  @Test
  void yelpCsvHasLabelAndText() throws IOException {
    Path file = file("test.csv", "\"1\",\"Cold food, rude staff.\"\n\"2\",\"Lovely.\"\n");
    Dataset data = Dataset.read(DatasetSettings.of(file, "csv-without-header"));
    assertEquals(List.of("Cold food, rude staff.", "Lovely."), texts(data));
    assertEquals(List.of("1", "2"), labels(data));
  }

  @Test
  void csvWithHeaderAndQuotedLineBreak() throws IOException {
    Path file = file("a.csv", "label,text\n0,\"two\nlines\"\n1,one\n");
    Dataset data = Dataset.read(DatasetSettings.of(file, "csv"));
    assertEquals(List.of("two\nlines", "one"), texts(data));
    assertEquals("4", data.examples().get(1).id());
  }

  @Test
  void fastText() throws IOException {
    Path file = file("test.ft.txt", "__label__2 Fine: a fine read\n__label__1 No: no\n");
    Dataset data = Dataset.read(DatasetSettings.of(file, "fasttext"));
    assertEquals(List.of("2", "1"), labels(data));
    assertEquals("Fine: a fine read", texts(data).get(0));
    Path broken = file("broken.txt", "__label__2 fine\nlabel 1 no\n");
    assertTrue(failure(DatasetSettings.of(broken, "fasttext")).contains("line 2"));
  }

  @Test
  void foldersAreReadInTheOrderOfTheirNames() throws IOException {
    file("imdb/pos/10_9.txt", "great");
    file("imdb/neg/2_1.txt", "awful");
    file("imdb/neg/1_2.txt", "dull");
    file("imdb/unsup/1_0.txt", "unknown");
    DatasetSettings settings = DatasetSettings.of(folder.resolve("imdb"), "folders");
    Dataset data = Dataset.read(settings);
    assertEquals(List.of("dull", "awful", "great"), texts(data));
    assertEquals(List.of("neg", "neg", "pos"), labels(data));
    file("imdb/neg/1_2.txt", "changed");
    assertNotEquals(data.digests(), Dataset.read(settings).digests());
  }

  @Test
  void jsonLinesWithNamedFields() throws IOException {
    Path file = file("a.jsonl", "{\"t\": \"a\\u00e9\", \"y\": 1, \"k\": \"x7\"}\n");
    DatasetSettings settings =
        DatasetSettings.of(file, "jsonl").with(new Columns(List.of("t"), "y", "k"));
    assertEquals(List.of(new Example("x7", "aé", "1")), Dataset.read(settings).examples());
    assertTrue(failure(DatasetSettings.of(file, "jsonl")).contains("'text'. Fields: "));
  }

  @Test
  void eraserEvidencesBecomeSpansOfCharacters() throws IOException {
    file("docs.jsonl", "{\"docid\": \"n1\", \"text\": \"a very dull film .\\nnot funny\"}\n");
    Path file =
        file(
            "val.jsonl",
            "{\"annotation_id\": \"n1\", \"classification\": \"NEG\", \"evidences\": [[{\"docid\":"
                + " \"n1\", \"start_token\": 5, \"end_token\": 7}], [{\"docid\": \"n1\","
                + " \"start_token\": 1, \"end_token\": 3}]]}\n");
    Dataset data = Dataset.read(DatasetSettings.of(file, "eraser"));
    assertEquals("a very dull film . not funny", texts(data).get(0));
    assertEquals("very dull|not funny", marked(data.examples().get(0)));
    assertEquals(2, data.digests().size());
  }

  @Test
  void sentimentTokensOnTheSentenceSideAreTheRationale() throws IOException {
    Path file =
        file(
            "dev.tokens.tsv",
            "sentence_id\tlabel5\ttokens\ttoken_labels5\n"
                + "7\t4\tA lovely , not dull film\t2 4 2 1 0 2\n"
                + "8\t2\tIt is\t2 2\n9\t0\tToo dull\t1 0\n");
    DatasetSettings settings =
        DatasetSettings.of(file, "sst-tokens")
            .with(Map.of("0", "0", "1", "0", "3", "1", "4", "1"), List.of("2"));
    Dataset data = Dataset.read(settings);
    assertEquals(1, data.droppedCount());
    assertEquals("lovely", marked(data.examples().get(0)));
    assertEquals("Too|dull", marked(data.examples().get(1)));
  }

  @Test
  void aSampleDependsOnItsSeedAlone() {
    List<Integer> all = IntStream.range(0, 1000).boxed().toList();
    List<Integer> sample = Selection.sample(50, 7).of(all);
    assertEquals(sample, Selection.sample(50, 7).of(all));
    assertEquals(50, sample.stream().distinct().count());
    assertEquals(sample.stream().sorted().toList(), sample);
    assertNotEquals(sample, Selection.sample(50, 8).of(all));
    assertEquals(all.subList(0, 3), Selection.first(3).of(all));
    assertEquals(all, Selection.sample(1000, 7).of(all));
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    Path file = file("dev.tsv", "sentence\tlabel\na\t1\nb\n");
    DatasetSettings settings = DatasetSettings.of(file, "tsv");
    assertTrue(failure(settings).contains("line 3 has 1 columns"));
    assertTrue(failure(settings.with(Columns.of("sentense", "label"))).contains("'sentense'"));
    assertTrue(failure(settings.withDigest("00")).contains("has changed"));
    assertTrue(failure(DatasetSettings.of(file, "tvs")).contains("Formats: tsv"));
    assertTrue(
        failure(DatasetSettings.of(folder.resolve("no.tsv"), "tsv")).contains("does not exist"));
    Path latin = folder.resolve("latin.tsv");
    Files.write(latin, "sentence\tlabel\ncaf\u00e9\t1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(failure(DatasetSettings.of(latin, "tsv")).contains("not UTF-8"));
  }
}
