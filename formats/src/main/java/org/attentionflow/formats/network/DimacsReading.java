package org.attentionflow.formats.network;

import java.io.IOException;
import java.io.Reader;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.attentionflow.failure.UnusableInputException;

/**
 * Reads a DIMACS maximum-flow file:
 *
 * <pre>
 *   c a comment
 *   p max NODES ARCS
 *   n ID s
 *   n ID t
 *   a TAIL HEAD CAPACITY
 * </pre>
 *
 * Nodes are numbered from 1. Comments that begin with {@code c attnflow} hold the groups and blocks
 * of a network that {@link DimacsWriting} wrote; without them {@link GroupedGraph} makes groups.
 */
final class DimacsReading {
  private static final Pattern SPACE = Pattern.compile("[ \\t]+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  private final String file;
  private final ReadingMemory memory;
  private final DimacsLines lines;
  private final DimacsStructure structure;
  private final SparseArcs arcs = new SparseArcs();
  private int nodeCount = -1;
  private long arcCount;
  private long arcsRead;
  private int source;
  private int sink;
  private double sum;

  /**
   * Reads from a reader.
   *
   * @param size the bytes of the file, or {@link ReadingMemory#UNKNOWN}
   */
  DimacsReading(String file, Reader reader, long size) {
    this.file = file;
    memory = new ReadingMemory(file, size);
    lines = new DimacsLines(file, reader);
    structure = new DimacsStructure(file, lines, arcs);
  }

  StoredNetwork read() throws IOException {
    for (String line = lines.read(); line != null; line = lines.read()) {
      readLine(line.strip());
    }
    if (nodeCount < 0) {
      throw unusable("there is no problem line (p max NODES ARCS).");
    }
    if (source == 0 || sink == 0) {
      throw unusable("there is no " + (source == 0 ? "source (n ID s)." : "sink (n ID t)."));
    }
    if (source == sink) {
      throw unusable("node " + source + " is the source and the sink.");
    }
    if (arcsRead != arcCount) {
      throw unusable(
          "the problem line announces "
              + arcCount
              + " arcs, but there are "
              + arcsRead
              + ". Maybe the file was cut off.");
    }
    if (!(sum < Double.POSITIVE_INFINITY)) {
      throw unusable("the sum of the capacities is infinite. Maybe scale them down.");
    }
    String name = file.replaceFirst("\\.(max|dimacs)$", "");
    if (structure.isPresent()) {
      return structure.assemble(name, nodeCount, source, sink);
    }
    GroupedGraph grouped = GroupedGraph.of(file, new SparseGraph(arcs, source, sink), sum);
    return new StoredNetwork(
        name,
        grouped.network(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        NodeNumbers.of(grouped.numbers(), nodeCount));
  }

  private void readLine(String line) {
    String[] fields = SPACE.split(line);
    switch (fields[0]) {
      case "" -> {}
      case "c" -> structure.comment(line, fields);
      case "p" -> readProblem(fields);
      case "n" -> readTerminal(fields);
      case "a" -> readArc(fields);
      default ->
          // A comment need not have a space behind its c.
          requireComment(line);
    }
  }

  private void requireComment(String line) {
    if (!line.startsWith("c")) {
      throw lines.unusable(
          "'" + Excerpt.of(line) + "' is none of the lines c, p, n and a of a maximum-flow file.");
    }
  }

  private void readProblem(String[] fields) {
    if (nodeCount >= 0) {
      throw lines.unusable("there is a second problem line.");
    }
    if (fields.length != 4 || !fields[1].equals("max")) {
      throw lines.unusable(
          "the problem line must be 'p max NODES ARCS', not '" + excerpt(fields) + "'.");
    }
    nodeCount = (int) integer(fields[2], "the number of nodes", 2, Integer.MAX_VALUE - 8);
    arcCount = integer(fields[3], "the number of arcs", 0, Long.MAX_VALUE);
    memory.check(arcCount, structure.isPresent());
  }

  private void readTerminal(String[] fields) {
    requireProblem();
    boolean isSource = fields.length == 3 && fields[2].equals("s");
    boolean isSink = fields.length == 3 && fields[2].equals("t");
    if (!isSource && !isSink) {
      throw lines.unusable("expected 'n ID s' or 'n ID t', not '" + excerpt(fields) + "'.");
    }
    int node = node(fields[1]);
    int former = isSource ? source : sink;
    if (former != 0) {
      throw lines.unusable(
          "a second " + (isSource ? "source" : "sink") + ": " + node + " after " + former + ".");
    }
    if (isSource) {
      source = node;
    } else {
      sink = node;
    }
  }

  private void readArc(String[] fields) {
    requireProblem();
    if (fields.length != 4) {
      throw lines.unusable("expected 'a TAIL HEAD CAPACITY', not '" + excerpt(fields) + "'.");
    }
    if (++arcsRead > arcCount) {
      throw lines.unusable("there are more arcs than the " + arcCount + " announced.");
    }
    int tail = node(fields[1]);
    int head = node(fields[2]);
    double capacity = capacity(fields[3], tail, head);
    if (capacity > 0) {
      arcs.add(tail, head, capacity);
      sum += capacity;
    }
  }

  private double capacity(String text, int tail, int head) {
    double capacity = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (capacity >= 0 && capacity < Double.POSITIVE_INFINITY) {
      return capacity;
    }
    throw lines.unusable(
        "the capacity ("
            + Excerpt.of(text)
            + ") of the arc "
            + tail
            + " -> "
            + head
            + " must be a finite number, not negative.");
  }

  private int node(String text) {
    return (int) integer(text, "a node", 1, nodeCount);
  }

  private long integer(String text, String what, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notInteger(text, what, least, most);
    }
    throw notInteger(text, what, least, most);
  }

  private UnusableInputException notInteger(String text, String what, long least, long most) {
    String upTo = most < Integer.MAX_VALUE - 8 ? " to " + most : " or more, and not too large";
    return lines.unusable(
        what + " must be a whole number of " + least + upTo + ", not " + Excerpt.of(text) + ".");
  }

  private void requireProblem() {
    if (nodeCount < 0) {
      throw lines.unusable("the problem line (p max NODES ARCS) must come first.");
    }
  }

  private static String excerpt(String[] fields) {
    return Excerpt.of(String.join(" ", fields));
  }

  private UnusableInputException unusable(String what) {
    return new UnusableInputException(file + ": " + what);
  }
}
