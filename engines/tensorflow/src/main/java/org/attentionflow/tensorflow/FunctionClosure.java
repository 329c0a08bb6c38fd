package org.attentionflow.tensorflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.attentionflow.failure.UnusableInputException;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NodeDef;

/** The functions that nodes still call, and those that these call. */
final class FunctionClosure {
  private FunctionClosure() {}

  /** The part of a library that some nodes need, every function behind those it calls. */
  static FunctionDefLibrary of(Collection<NodeDef> nodes, FunctionDefLibrary library) {
    Map<String, FunctionDef> known = new HashMap<>();
    library
        .getFunctionList()
        .forEach(function -> known.put(function.getSignature().getName(), function));
    Map<String, FunctionDef> needed = new LinkedHashMap<>();
    Deque<NodeDef> waiting = new ArrayDeque<>(nodes);
    while (!waiting.isEmpty()) {
      for (String name : called(Objects.requireNonNull(waiting.poll()))) {
        FunctionDef function = known.get(name);
        if (function != null && needed.putIfAbsent(name, function) == null) {
          waiting.addAll(function.getNodeDefList());
        }
      }
    }
    return FunctionDefLibrary.newBuilder().addAllFunction(calledFirst(needed)).build();
  }

  /**
   * A sum over nodes, calls counted as the bodies of what they call, and at most {@link
   * Long#MAX_VALUE}.
   *
   * @param weight what a node counts by itself, not negative
   */
  static long total(
      Collection<NodeDef> nodes, FunctionDefLibrary library, ToLongFunction<NodeDef> weight) {
    Map<String, Long> bodies = new HashMap<>();
    for (FunctionDef function : of(nodes, library).getFunctionList()) {
      long body = total(function.getNodeDefList(), bodies, weight);
      bodies.put(function.getSignature().getName(), body);
    }
    return total(nodes, bodies, weight);
  }

  private static long total(
      Collection<NodeDef> nodes, Map<String, Long> bodies, ToLongFunction<NodeDef> weight) {
    long total = 0;
    for (NodeDef node : nodes) {
      total = ConstantMemory.plus(total, weight.applyAsLong(node));
      for (String name : called(node)) {
        total = ConstantMemory.plus(total, bodies.getOrDefault(name, 0L));
      }
    }
    return total;
  }

  /**
   * Functions behind those they call.
   *
   * @throws UnusableInputException if one calls itself: the native library would do so until its
   *     stack is full
   */
  private static List<FunctionDef> calledFirst(Map<String, FunctionDef> functions) {
    Map<String, Set<String>> calls = new LinkedHashMap<>();
    functions.forEach(
        (name, function) -> {
          Set<String> called = new HashSet<>();
          function.getNodeDefList().forEach(node -> called.addAll(called(node)));
          called.retainAll(functions.keySet());
          calls.put(name, called);
        });
    List<FunctionDef> ordered = new ArrayList<>();
    while (!calls.isEmpty()) {
      List<String> leaves =
          calls.entrySet().stream()
              .filter(entry -> entry.getValue().isEmpty())
              .map(Map.Entry::getKey)
              .toList();
      if (leaves.isEmpty()) {
        throw new UnusableInputException(
            "The function " + calls.keySet().iterator().next() + " of the graph calls itself.");
      }
      leaves.forEach(
          leaf -> {
            calls.remove(leaf);
            ordered.add(Objects.requireNonNull(functions.get(leaf)));
          });
      calls.values().forEach(called -> leaves.forEach(called::remove));
    }
    return ordered;
  }

  private static List<String> called(NodeDef node) {
    List<String> names = new ArrayList<>(List.of(node.getOp()));
    for (AttrValue value : node.getAttrMap().values()) {
      if (value.hasFunc()) {
        names.add(value.getFunc().getName());
      }
      value.getList().getFuncList().forEach(function -> names.add(function.getName()));
    }
    return names;
  }
}
