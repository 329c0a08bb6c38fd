package org.attentionflow.pytorch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.attentionflow.failure.UnusableInputException;

/** The files of a model in a Hugging Face folder, in any file system. */
final class ModelFolder {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String SHARDS = "model.safetensors.index.json";
  private static final String PICKLE = "pytorch_model.bin";
  private static final String PICKLE_SHARDS = "pytorch_model.bin.index.json";
  private static final String TOKENIZER = "tokenizer.json";

  private final Path folder;

  private ModelFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether the names of the files are those of a model in this form. */
  static boolean looksLikeModel(Path folder) {
    return Files.isDirectory(folder)
        && Files.isRegularFile(folder.resolve(CONFIG))
        && (Files.isRegularFile(folder.resolve(WEIGHTS))
            || Files.isRegularFile(folder.resolve(SHARDS))
            || Files.isRegularFile(folder.resolve(PICKLE))
            || Files.isRegularFile(folder.resolve(PICKLE_SHARDS)));
  }

  /**
   * Looks at a folder.
   *
   * @throws UnusableInputException if it is not there, is a file or has no configuration
   */
  static ModelFolder of(Path folder) {
    if (!Files.exists(folder)) {
      throw new UnusableInputException(
          ("The model folder " + folder + " does not exist.")
              + " Maybe it is a name on the Hugging Face hub: nothing is downloaded, give the folder.");
    }
    if (!Files.isDirectory(folder)) {
      throw new UnusableInputException(
          folder + " is a file, not a model folder. Maybe give the folder it lies in.");
    }
    if (!Files.isRegularFile(folder.resolve(CONFIG))) {
      throw new UnusableInputException(
          ("The folder " + folder + " has no " + CONFIG + ".")
              + " Maybe the Hugging Face model lies in a folder inside it.");
    }
    return new ModelFolder(folder);
  }

  /** The name of the folder. */
  String name() {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString().replace("/", "");
  }

  Path path() {
    return folder;
  }

  ModelConfig config() {
    Path file = folder.resolve(CONFIG);
    return new ModelConfig(file.toString(), readJson(file));
  }

  /** The files with the weights: one, or the shards in the order of their names. */
  List<Path> weightFiles() {
    if (Files.isRegularFile(folder.resolve(WEIGHTS))) {
      return List.of(folder.resolve(WEIGHTS));
    }
    if (Files.isRegularFile(folder.resolve(SHARDS))) {
      return shards(folder.resolve(SHARDS));
    }
    if (Files.exists(folder.resolve(PICKLE)) || Files.exists(folder.resolve(PICKLE_SHARDS))) {
      throw new UnusableInputException(
          ("The folder " + folder + " has its weights only as a Python pickle (" + PICKLE + "),")
              + " which can run any program when it is read. Maybe convert it:"
              + " python -c \"from transformers import AutoModelForSequenceClassification as M;"
              + (" M.from_pretrained('" + folder + "').save_pretrained('" + folder + "')\"."));
    }
    throw new UnusableInputException(
        ("The folder " + folder + " has no weights: no " + WEIGHTS + " and no " + SHARDS + ".")
            + " Maybe the download is incomplete.");
  }

  /** The tokenizer, if there is one. */
  Optional<Path> tokenizer() {
    return Optional.of(folder.resolve(TOKENIZER)).filter(Files::isRegularFile);
  }

  /** Another JSON file of the folder, if it is there. */
  Optional<JsonObject> json(String name) {
    return Optional.of(folder.resolve(name))
        .filter(Files::isRegularFile)
        .map(ModelFolder::readJson);
  }

  /** The lines of a text file of the folder; none if it is not there. */
  List<String> lines(String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /** Says why there is no tokenizer and what to do. */
  UnusableInputException withoutTokenizer() {
    String cure =
        Files.exists(folder.resolve("vocab.txt")) || Files.exists(folder.resolve("vocab.json"))
            ? ", only a bare vocabulary. Maybe make one: python -c \"from transformers import"
                + (" AutoTokenizer as T; T.from_pretrained('" + folder + "').save_pretrained('")
                + (folder + "')\".")
            : ". Maybe copy it from the model this one was trained from.";
    return new UnusableInputException("The folder " + folder + " has no " + TOKENIZER + cure);
  }

  /** SHA-256 digests of the files the model is read from, by file name. */
  Map<String, String> digests() {
    List<Path> files = new ArrayList<>();
    files.add(folder.resolve(CONFIG));
    files.addAll(weightFiles());
    tokenizer().ifPresent(files::add);
    Map<String, String> digests = new LinkedHashMap<>();
    for (Path file : files) {
      digests.put(folder.relativize(file).toString(), digest(file));
    }
    return digests;
  }

  private List<Path> shards(Path index) {
    JsonElement map = readJson(index).get("weight_map");
    if (map == null || !map.isJsonObject() || map.getAsJsonObject().isEmpty()) {
      throw new UnusableInputException(index + " has no weight_map. Maybe it is damaged.");
    }
    TreeSet<String> names = new TreeSet<>();
    for (JsonElement name : map.getAsJsonObject().asMap().values()) {
      if (!name.isJsonPrimitive()) {
        throw new UnusableInputException(index + " has a weight_map without file names.");
      }
      names.add(name.getAsString());
    }
    List<Path> files = new ArrayList<>();
    for (String name : names) {
      Path file = folder.resolve(name);
      if (!file.normalize().startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
        throw new UnusableInputException(
            (index + " names the shard " + name + ", which is not in the folder.")
                + " Maybe the download is incomplete.");
      }
      files.add(file);
    }
    return files;
  }

  private static JsonObject readJson(Path file) {
    try {
      JsonElement json = JsonParser.parseString(Files.readString(file));
      if (json.isJsonObject()) {
        return json.getAsJsonObject();
      }
    } catch (IOException failure) {
      throw unreadable(file, failure);
    } catch (JsonParseException malformed) {
      throw new UnusableInputException(
          "The file " + file + " is not valid JSON. Maybe it is damaged or incomplete.", malformed);
    }
    throw new UnusableInputException("The file " + file + " is not a JSON object.");
  }

  private static UnusableInputException unreadable(Path file, IOException failure) {
    return new UnusableInputException(
        "The file " + file + " cannot be read: " + failure.getMessage() + ".", failure);
  }

  private static String digest(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] chunk = new byte[1 << 16];
      for (int count = stream.read(chunk); count >= 0; count = stream.read(chunk)) {
        digest.update(chunk, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException failure) {
      throw unreadable(file, failure);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
    }
  }
}
