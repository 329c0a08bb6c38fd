package org.attentionflow.pytorch;

import com.google.gson.JsonElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.huggingface.ModelFolder;

/** The files with the weights of a model in a Hugging Face folder. */
final class WeightFiles {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String SHARDS = "model.safetensors.index.json";
  private static final String PICKLE = "pytorch_model.bin";
  private static final String PICKLE_SHARDS = "pytorch_model.bin.index.json";

  private WeightFiles() {}

  /** Whether the names of the files are those of a model in this form. */
  static boolean looksLikeModel(Path folder) {
    return Files.isDirectory(folder)
        && Files.isRegularFile(folder.resolve(CONFIG))
        && (Files.isRegularFile(folder.resolve(WEIGHTS))
            || Files.isRegularFile(folder.resolve(SHARDS))
            || Files.isRegularFile(folder.resolve(PICKLE))
            || Files.isRegularFile(folder.resolve(PICKLE_SHARDS)));
  }

  /** The files with the weights: one, or the shards in the order of their names. */
  static List<Path> of(ModelFolder model) {
    Path folder = model.path();
    if (Files.isRegularFile(folder.resolve(WEIGHTS))) {
      return List.of(folder.resolve(WEIGHTS));
    }
    if (Files.isRegularFile(folder.resolve(SHARDS))) {
      return shards(folder, folder.resolve(SHARDS));
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

  private static List<Path> shards(Path folder, Path index) {
    JsonElement map = ModelFolder.readJson(index).get("weight_map");
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
      files.add(
          ModelFolder.named(folder, name)
              .orElseThrow(
                  () ->
                      new UnusableInputException(
                          (index + " names the shard " + name + ", which is not in the folder.")
                              + " Maybe the download is incomplete.")));
    }
    return files;
  }
}
