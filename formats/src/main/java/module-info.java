/** Reading and writing captures, settings and results. */
module org.attentionflow.formats {
  requires com.google.gson;
  requires transitive org.attentionflow.core;
  requires static org.jspecify;

  exports org.attentionflow.formats.explanation;
  exports org.attentionflow.formats.json;
  exports org.attentionflow.formats.network;
  exports org.attentionflow.formats.safetensors;
}
