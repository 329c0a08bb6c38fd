package org.attentionflow.pytorch.archive;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An object of an archive, a module as a rule: its class and what its attributes are set to. */
public final class PickledObject extends CompositeValue {
  /** The names of the attributes on the ways to all tensors, together; models have some 100 kB. */
  private static final long LONGEST_PATHS = 64L << 20;

  private final String type;
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  PickledObject(String type) {
    this.type = type;
  }

  /** The qualified name of the class, for example {@code __torch__.model.Classifier}. */
  public String type() {
    return type;
  }

  void set(Map<?, ?> state) {
    state.forEach((name, value) -> attributes.put(String.valueOf(name), value));
  }

  /**
   * The tensors of this object and of all objects below, by the path of attributes joined by dots;
   * one that stands in several places is listed under the first.
   *
   * @throws MalformedArchiveException if the paths would fill the memory
   */
  Map<String, StoredTensor> tensors() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Map.Entry<String, PickledObject>> open = new ArrayDeque<>();
    open.add(Map.entry("", this));
    long characters = 0;
    while (!open.isEmpty()) {
      Map.Entry<String, PickledObject> next = open.remove();
      for (Map.Entry<String, Object> attribute : next.getValue().attributes.entrySet()) {
        Object value = attribute.getValue();
        boolean isPart = value instanceof StoredTensor || value instanceof PickledObject;
        if (!isPart || !seen.add(value)) {
          continue;
        }
        characters += next.getKey().length() + attribute.getKey().length() + 1L;
        if (characters > LONGEST_PATHS) {
          throw new MalformedArchiveException("the names of its attributes are too long");
        }
        String path = next.getKey() + attribute.getKey();
        if (value instanceof StoredTensor tensor) {
          tensors.put(path, tensor);
        } else if (value instanceof PickledObject child) {
          open.add(Map.entry(path + ".", child));
        }
      }
    }
    return tensors;
  }
}
