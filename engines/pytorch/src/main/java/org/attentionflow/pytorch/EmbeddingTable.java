package org.attentionflow.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** A table of vectors, [id, width]. */
record EmbeddingTable(PtNDArray rows) {
  /** The rows of the given ids: [...] becomes [..., width]. */
  PtNDArray apply(PtNDArray ids) {
    return JniUtils.embedding(ids, rows, false);
  }
}
