package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Files with weights that symbolic links lead to, as in the cache of the Hugging Face hub: all in
 * one folder, under names of their own. ONNX Runtime follows no link that leads out of the folder
 * it is given; so it is given that folder, and a graph with the names there.
 *
 * @param named the folder that the names in the graph are relative to
 * @param folder the folder of the files themselves
 */
record LinkedWeights(Path named, Path folder) implements WeightPlaces {
  /** The places of files in a folder: where links lead to, if that is one other folder. */
  static WeightPlaces of(Path folder, List<Path> files) throws IOException {
    Set<Path> parents = new HashSet<>();
    for (Path file : files) {
      parents.add(file.toRealPath().getParent());
    }
    parents.remove(null);
    if (parents.size() != 1 || parents.contains(folder.toRealPath())) {
      return WeightPlaces.asNamed(folder);
    }
    return new LinkedWeights(folder, parents.iterator().next());
  }

  /** A graph that names the files as they are called in their own folder. */
  @Override
  public ModelProto inPlace(ModelProto model) {
    ModelProto.Builder renamed = model.toBuilder();
    for (TensorProto.Builder tensor : renamed.getGraphBuilder().getInitializerBuilderList()) {
      for (StringStringEntryProto.Builder entry : tensor.getExternalDataBuilderList()) {
        if (entry.getKey().equals("location")) {
          entry.setValue(realName(entry.getValue()));
        }
      }
    }
    return renamed.build();
  }

  /** A file that is gone by now keeps its name, for the runtime to complain of. */
  private String realName(String location) {
    try {
      return String.valueOf(named.resolve(location).toRealPath().getFileName());
    } catch (IOException gone) {
      return location;
    }
  }
}
