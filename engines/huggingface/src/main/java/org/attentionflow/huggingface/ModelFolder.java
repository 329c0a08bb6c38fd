package org.attentionflow.huggingface;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.attentionflow.failure.UnusableInputException;
import org.jspecify.annotations.Nullable;

/**
 * The folder a model lies in, in any file system: the configuration and the tokenizer that may lie
 * beside its weights or its graph. Which of them have to be there is for the engine to say.
 */
public final class ModelFolder {
  private static final String CONFIG = "config.json";
  private static final String TOKENIZER = "tokenizer.json";

  /** Read into memory as a whole: configurations, indices, bare vocabularies. */
  private static final long MOST_BYTES = 64L << 20;

  private final Path folder;
  private final String name;

  private ModelFolder(Path folder, Path named) {
    this.folder = folder;
    Path last = named.toAbsolutePath().normalize().getFileName();
    this.name = last == null ? named.toString() : last.toString().replace("/", "");
  }

  /**
   * A folder that is a model.
   *
   * @throws UnusableInputException if it is not there or is a file
   */
  public static ModelFolder of(Path folder) {
    if (!Files.exists(folder)) {
      throw missing("model folder", folder);
    }
    if (!Files.isDirectory(folder)) {
      throw new UnusableInputException(
          folder + " is a file, not a model folder. Maybe give the folder it lies in.");
    }
    return new ModelFolder(folder, folder);
  }

  /**
   * A folder that is a model and has a configuration.
   *
   * @throws UnusableInputException if it is not there, is a file or has no configuration
   */
  public static ModelFolder withConfig(Path path) {
    ModelFolder folder = of(path);
    if (folder.file(CONFIG).isEmpty()) {
      throw new UnusableInputException(
          ("The folder " + path + " has no " + CONFIG + ".")
              + " Maybe the Hugging Face model lies in a folder inside it.");
    }
    return folder;
  }

  /**
   * The folder in which a file lies that is a model of itself, for example an exported graph.
   *
   * @throws UnusableInputException if there is no such file
   */
  public static ModelFolder beside(Path file) {
    if (!Files.exists(file)) {
      throw missing("model file", file);
    }
    Path parent = file.getParent();
    return new ModelFolder(parent == null ? file.resolveSibling("") : parent, file);
  }

  /** The name of the model: that of the folder or, if the model is a file in it, of the file. */
  public String name() {
    return name;
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /**
   * A file of the folder, if it is there.
   *
   * @throws UnusableInputException if something else has its name, such as a link that leads
   *     nowhere: what a model has must not be passed over
   */
  public Optional<Path> file(String fileName) {
    Path file = folder.resolve(fileName);
    if (!Files.isRegularFile(file)) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UnusableInputException(
            file + " is no file, or a link that leads to none. Maybe the download is incomplete.");
      }
      return Optional.empty();
    }
    return Optional.of(file);
  }

  /**
   * A file that a part of the model names, if it lies in the folder or below it.
   *
   * @param folder where the part lies
   * @param name what it says, whatever that is
   */
  public static Optional<Path> named(Path folder, String name) {
    try {
      Path file = folder.resolve(name);
      boolean isInside =
          file.toAbsolutePath().normalize().startsWith(folder.toAbsolutePath().normalize());
      return isInside && Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    } catch (InvalidPathException noPath) {
      return Optional.empty();
    }
  }

  /** The configuration; {@link ModelConfig#none()} if there is none. */
  public ModelConfig config() {
    return file(CONFIG)
        .map(file -> new ModelConfig(file.toString(), readJson(file)))
        .orElseGet(ModelConfig::none);
  }

  /** The tokenizer, if there is one. */
  public Optional<Path> tokenizer() {
    return file(TOKENIZER);
  }

  /** A JSON file of the folder, if it is there. */
  public Optional<JsonObject> json(String fileName) {
    return file(fileName).map(ModelFolder::readJson);
  }

  /** The lines of a text file of the folder; none if it is not there. */
  public List<String> lines(String fileName) {
    @Nullable Path file = file(fileName).orElse(null);
    if (file == null) {
      return List.of();
    }
    checkSize(file);
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /** Says why there is no tokenizer and what to do. */
  public UnusableInputException withoutTokenizer() {
    String cure =
        Files.exists(folder.resolve("vocab.txt")) || Files.exists(folder.resolve("vocab.json"))
            ? ", only a bare vocabulary. Maybe make one: python -c \"from transformers import"
                + (" AutoTokenizer as T; T.from_pretrained('" + folder + "').save_pretrained('")
                + (folder + "')\".")
            : ". Maybe copy it from the model this one was trained from.";
    return new UnusableInputException("The folder " + folder + " has no " + TOKENIZER + cure);
  }

  /**
   * SHA-256 digests of the files a model is read from, by file name: the configuration and the
   * tokenizer, if they are there, and what the engine itself reads.
   *
   * @param modelFiles files in this folder
   */
  public Map<String, String> digests(List<Path> modelFiles) {
    List<Path> files = new ArrayList<>();
    file(CONFIG).ifPresent(files::add);
    files.addAll(modelFiles);
    tokenizer().ifPresent(files::add);
    Map<String, String> digests = new LinkedHashMap<>();
    for (Path file : files) {
      digests.put(folder.relativize(file).toString(), digest(file));
    }
    return digests;
  }

  /**
   * Reads a file that holds one JSON object.
   *
   * @throws UnusableInputException if it cannot be read, holds something else, or is larger than
   *     any such file of a model
   */
  public static JsonObject readJson(Path file) {
    checkSize(file);
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

  private static void checkSize(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UnusableInputException(
            (file + " has " + Files.size(file) + " bytes, more than any file of its kind.")
                + " Maybe it is damaged.");
      }
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  private static UnusableInputException missing(String kind, Path path) {
    return new UnusableInputException(
        ("The " + kind + " " + path + " does not exist.")
            + " Maybe it is a name on the Hugging Face hub: nothing is downloaded, give the folder.");
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
