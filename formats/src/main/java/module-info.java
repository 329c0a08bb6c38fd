/** Files in and out: networks, tensors and explanations. */
module org.attentionflow.formats {
  requires transitive org.attentionflow.core;
  requires static transitive org.jspecify;
  requires com.google.gson;

  exports org.attentionflow.formats.benchmark;
  exports org.attentionflow.formats.explanation;
  exports org.attentionflow.formats.file;
  exports org.attentionflow.formats.json;
  exports org.attentionflow.formats.network;
  exports org.attentionflow.formats.safetensors;
}
