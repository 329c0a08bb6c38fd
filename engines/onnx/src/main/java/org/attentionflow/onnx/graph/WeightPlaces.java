package org.attentionflow.onnx.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;

/** Where the runtime finds the weights of a graph. */
interface WeightPlaces {
  /** A graph that names its weights' places, where it can, instead of holding the weights. */
  ModelProto inPlace(ModelProto model);

  /** The folder that the places are relative to. */
  Path folder();

  /** Where the graph itself says, in files of a folder. */
  static WeightPlaces asNamed(Path folder) {
    return new WeightPlaces() {
      @Override
      public ModelProto inPlace(ModelProto model) {
        return model;
      }

      @Override
      public Path folder() {
        return folder;
      }
    };
  }
}
