package org.attentionflow.pytorch.archive;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An object of an archive, a module as a rule: its class and what its attributes are set to. */
public final class PickledObject {
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
   */
  public Map<String, StoredTensor> tensors() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Map.Entry<String, PickledObject>> open = new ArrayDeque<>();
    open.add(Map.entry("", this));
    while (!open.isEmpty()) {
      Map.Entry<String, PickledObject> next = open.pop();
      next.getValue()
          .attributes
          .forEach(
              (name, value) -> {
                if (seen.add(value) && value instanceof StoredTensor tensor) {
                  tensors.put(next.getKey() + name, tensor);
                } else if (value instanceof PickledObject child) {
                  open.add(Map.entry(next.getKey() + name + ".", child));
                }
              });
      if (seen.size() > PickleReader.MOST_VALUES) {
        break;
      }
    }
    return tensors;
  }
}
