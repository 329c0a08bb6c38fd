package org.attentionflow.testkit.torchscript;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A module of a traced model: a Python class, what its attributes hold, and the text of {@code
 * forward} in which {@code $self} stands for the module's own type.
 *
 * <p>Tracing makes a type of every module, even of two modules of one class. The first keeps the
 * name of its class; {@link #nameTypes} numbers the others, children before parents.
 */
final class TracedModule {
  /** Hands out the names of types. */
  static final class TypeNames {
    private final Map<String, Integer> seen = new LinkedHashMap<>();
    private int mangled;

    /** A name for one more module of a class, for example {@code torch.nn.Linear}. */
    private String next(String pythonClass) {
      if (seen.merge(pythonClass, 1, Integer::sum) == 1) {
        return "__torch__." + pythonClass;
      }
      int dot = pythonClass.lastIndexOf('.');
      return ("__torch__." + pythonClass.substring(0, dot))
          + (".___torch_mangle_" + mangled++ + pythonClass.substring(dot));
    }
  }

  private final String pythonClass;
  private final String forward;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, TracedModule> children = new LinkedHashMap<>();
  private String type = "";

  /**
   * A module without attributes.
   *
   * @param forward the method, without indentation; empty for a module that nobody calls
   */
  TracedModule(String pythonClass, String forward) {
    this.pythonClass = pythonClass;
    this.forward = forward;
  }

  TracedModule with(String name, StoredTensor tensor) {
    tensors.put(name, tensor);
    return this;
  }

  TracedModule with(String name, TracedModule child) {
    children.put(name, child);
    return this;
  }

  /** Parameters and buffers by the name of the attribute. */
  Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /** Modules inside by the name of the attribute. */
  Map<String, TracedModule> children() {
    return children;
  }

  /** The qualified name of its type in the archive. */
  String type() {
    return type;
  }

  /** Names the types of this module and of all below. */
  void nameTypes(TypeNames names) {
    children.values().forEach(child -> child.nameTypes(names));
    type = names.next(pythonClass);
  }

  /** Adds the text of this type and of all below to the files of the code. */
  void code(Map<String, StringBuilder> files) {
    String file = type.substring(0, type.lastIndexOf('.')).replace('.', '/') + ".py";
    files.computeIfAbsent(file, name -> new StringBuilder()).append(text());
    children.values().forEach(child -> child.code(files));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append("class ").append(type.substring(type.lastIndexOf('.') + 1)).append("(Module):\n");
    text.append("  __parameters__ = ").append(names(true)).append('\n');
    text.append("  __buffers__ = ").append(names(false)).append('\n');
    tensors.keySet().forEach(name -> text.append("  ").append(name).append(" : Tensor\n"));
    text.append("  training : bool\n");
    text.append("  _is_full_backward_hook : Optional[bool]\n");
    children.forEach(
        (name, child) -> {
          boolean isIdentifier = !Character.isDigit(name.charAt(0));
          text.append(isIdentifier ? "  " + name + " : " : "  __annotations__[\"" + name + "\"] = ")
              .append(child.type)
              .append('\n');
        });
    if (!forward.isEmpty()) {
      text.append(forward.replace("$self", type).indent(2));
    }
    return text.toString();
  }

  private String names(boolean parameters) {
    StringBuilder names = new StringBuilder("[");
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.isParameter() == parameters) {
            names.append('"').append(name).append("\", ");
          }
        });
    return names.append(']').toString();
  }
}
