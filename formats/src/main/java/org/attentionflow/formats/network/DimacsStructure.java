package org.attentionflow.formats.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeGroup;
import org.attentionflow.network.NodeIndex;
import org.jspecify.annotations.Nullable;

/**
 * Groups and blocks in the comments of a DIMACS file that {@link DimacsWriting} wrote:
 *
 * <pre>
 *   c attnflow name NAME
 *   c attnflow group SIZE NAME          in the order of the groups
 *   c attnflow nodes NUMBER ...         of the nodes, group by group, in any number of lines; only
 *                                       where they are not those of {@link NodeIndex} plus 1
 *   c attnflow source GROUP             and sink GROUP, from 0
 *   c attnflow tokens BLOCK ...         the blocks of the scores, from 0
 *   c attnflow largest-capacity X       and return-capacity, scale, mu-absolute, mu-relative
 *   c attnflow block TAIL HEAD dense    or diagonal, listed; the arcs that follow are its own
 * </pre>
 *
 * Other programs skip them.
 */
final class DimacsStructure {
  static final String MARK = "attnflow";

  private static final Pattern SPACE = Pattern.compile("[ \\t]+");

  /** A block and the position of its first arc. */
  private record Placed(int tail, int head, ArcBlock.Shape shape, int firstArc) {}

  private final String file;
  private final DimacsLines lines;
  private final SparseArcs arcs;
  private final List<NodeGroup> groups = new ArrayList<>();
  private final List<Placed> blocks = new ArrayList<>();
  private int[] numbers = new int[16];
  private int numberCount;
  private List<Integer> tokenBlocks = List.of();
  private @Nullable String name;
  private int sourceGroup = -1;
  private int sinkGroup = -1;
  private OptionalDouble largestCapacity = OptionalDouble.empty();
  private OptionalDouble returnCapacity = OptionalDouble.empty();
  private OptionalDouble scale = OptionalDouble.empty();
  private OptionalDouble absoluteMu = OptionalDouble.empty();
  private OptionalDouble relativeMu = OptionalDouble.empty();

  DimacsStructure(String file, DimacsLines lines, SparseArcs arcs) {
    this.file = file;
    this.lines = lines;
    this.arcs = arcs;
  }

  /** Whether the file holds groups. */
  boolean isPresent() {
    return !groups.isEmpty();
  }

  /** Takes a comment line, whatever it says. */
  void comment(String line, String[] fields) {
    if (fields.length < 4 || !fields[1].equals(MARK)) {
      return;
    }
    try {
      readField(line, fields);
    } catch (NumberFormatException e) {
      throw lines.unusable("'" + Excerpt.of(line) + "' cannot be read." + CURE);
    }
  }

  private static final String CURE = " Maybe leave out the lines that begin with 'c attnflow'.";

  private void readField(String line, String[] fields) {
    String value = fields[3];
    switch (fields[2]) {
      case "name" -> name = rest(line, 4);
      case "group" -> groups.add(new NodeGroup(rest(line, 5), size(value)));
      case "nodes" -> {
        for (int i = 3; i < fields.length; i++) {
          addNumber(Integer.parseInt(fields[i]));
        }
      }
      case "source" -> sourceGroup = Integer.parseInt(value);
      case "sink" -> sinkGroup = Integer.parseInt(value);
      case "tokens" -> {
        tokenBlocks = new ArrayList<>();
        for (int i = 3; i < fields.length; i++) {
          tokenBlocks.add(Integer.parseInt(fields[i]));
        }
      }
      case "largest-capacity" -> largestCapacity = number(value);
      case "return-capacity" -> returnCapacity = number(value);
      case "scale" -> scale = number(value);
      case "mu-absolute" -> absoluteMu = number(value);
      case "mu-relative" -> relativeMu = number(value);
      case "block" -> blocks.add(placed(fields));
      default -> throw new NumberFormatException();
    }
  }

  private void addNumber(int number) {
    if (numberCount == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.addExact(numberCount, numberCount >> 1));
    }
    numbers[numberCount++] = number;
  }

  private Placed placed(String[] fields) {
    ArcBlock.Shape shape =
        switch (fields.length == 6 ? fields[5] : "") {
          case "dense" -> ArcBlock.Shape.DENSE;
          case "diagonal" -> ArcBlock.Shape.DIAGONAL;
          case "listed" -> ArcBlock.Shape.LISTED;
          default -> throw new NumberFormatException();
        };
    return new Placed(
        Integer.parseInt(fields[3]), Integer.parseInt(fields[4]), shape, arcs.count());
  }

  private static int size(String text) {
    int size = Integer.parseInt(text);
    if (size < 0) {
      throw new NumberFormatException();
    }
    return size;
  }

  private static OptionalDouble number(String text) {
    double value = Double.parseDouble(text);
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new NumberFormatException();
    }
    return OptionalDouble.of(value);
  }

  /** What stands behind a number of words. */
  private static String rest(String line, int words) {
    String[] parts = SPACE.split(line, words);
    return parts.length < words ? "" : parts[words - 1];
  }

  /** The network, with the arcs of every block in their places. */
  StoredNetwork assemble(String fileName, int nodeCount, int source, int sink) {
    long sizes = groups.stream().mapToLong(NodeGroup::size).sum();
    boolean fits = sizes == (numberCount > 0 ? numberCount : nodeCount);
    fits &= isGroup(sourceGroup) && isGroup(sinkGroup);
    for (Placed block : blocks) {
      fits &= isGroup(block.tail) && isGroup(block.head);
    }
    if (!fits || blocks.isEmpty()) {
      throw mismatch();
    }
    try {
      FlowNetwork nodes = FlowNetwork.of(groups, List.of(), sourceGroup, sinkGroup, List.of());
      NodeIndex index = NodeIndex.of(nodes);
      int[][] own = numberCount > 0 ? byGroup(nodeCount) : new int[0][];
      NodeNumbers found = numberCount > 0 ? NodeNumbers.of(own, nodeCount) : NodeNumbers.of(index);
      NodePlaces places = numberCount > 0 ? NodePlaces.of(own) : NodePlaces.of(index, groups);
      if (found.number(sourceGroup, 0) != source || found.number(sinkGroup, 0) != sink) {
        throw mismatch();
      }
      return assemble(fileName, found, places);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw mismatch();
    }
  }

  /** The numbers of the nodes by group and place, each one that the problem line allows. */
  private int[][] byGroup(int nodeCount) {
    int[][] byGroup = new int[groups.size()][];
    int first = 0;
    for (int group = 0; group < byGroup.length; group++) {
      byGroup[group] = Arrays.copyOfRange(numbers, first, first + groups.get(group).size());
      first += byGroup[group].length;
      for (int number : byGroup[group]) {
        if (number < 1 || number > nodeCount) {
          throw mismatch();
        }
      }
    }
    return byGroup;
  }

  private StoredNetwork assemble(String fileName, NodeNumbers found, NodePlaces places) {
    checkMemory();
    List<ArcBlock> filled = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      int end = i + 1 < blocks.size() ? blocks.get(i + 1).firstArc : arcs.count();
      filled.add(fill(blocks.get(i), places, i == 0 ? 0 : blocks.get(i).firstArc, end));
    }
    FlowNetwork plain = FlowNetwork.of(groups, filled, sourceGroup, sinkGroup, tokenBlocks);
    checkTokens(plain);
    FlowNetwork network =
        new FlowNetwork(
            plain.groups(),
            plain.blocks(),
            plain.source(),
            plain.sink(),
            plain.tokenBlocks(),
            largestCapacity.orElse(plain.largestCapacity()),
            returnCapacity.orElse(plain.returnCapacity()),
            scale.orElse(1));
    return new StoredNetwork(
        name == null ? fileName : name, network, absoluteMu, relativeMu, found);
  }

  private ArcBlock fill(Placed placed, NodePlaces places, int begin, int end) {
    int tails = groups.get(placed.tail).size();
    int heads = groups.get(placed.head).size();
    ArcCollector collector =
        switch (placed.shape) {
          case DENSE -> BlockBuilder.dense(placed.tail, placed.head, tails, heads);
          case DIAGONAL -> BlockBuilder.diagonal(placed.tail, placed.head, heads);
          case LISTED -> new ListBuilder(placed.tail, placed.head, tails, heads);
        };
    for (int arc = begin; arc < end; arc++) {
      int tail = places.member(placed.tail, arcs.tail(arc));
      int head = places.member(placed.head, arcs.head(arc));
      boolean isInside = tail >= 0 && head >= 0;
      if (!isInside || (placed.shape == ArcBlock.Shape.DIAGONAL && tail != head)) {
        throw new UnusableInputException(
            file
                + ": the arc "
                + arcs.tail(arc)
                + " -> "
                + arcs.head(arc)
                + " is not of the block it stands in."
                + CURE);
      }
      collector.add(tail, head, arcs.capacity(arc));
    }
    return collector.block();
  }

  private void checkMemory() {
    double all = 0;
    double largest = 0;
    for (Placed block : blocks) {
      double heads = groups.get(block.head).size();
      double cells =
          switch (block.shape) {
            case DENSE -> groups.get(block.tail).size() * heads;
            case DIAGONAL -> heads;
            case LISTED -> 0;
          };
      all += cells;
      largest = Math.max(largest, cells);
    }
    BlockBuilder.checkMemory(file, all, largest, arcs.count());
  }

  /** The scores must account for the whole flow: all arcs of the source, or all of the sink. */
  private void checkTokens(FlowNetwork network) {
    List<Integer> ofSource = new ArrayList<>();
    List<Integer> ofSink = new ArrayList<>();
    for (int block = 0; block < network.blocks().size(); block++) {
      ArcBlock arcsOfBlock = network.blocks().get(block);
      if (arcsOfBlock.tail() == network.source()) {
        ofSource.add(block);
      }
      if (arcsOfBlock.head() == network.sink()) {
        ofSink.add(block);
      }
    }
    List<Integer> tokens = tokenBlocks.stream().sorted().toList();
    if (!tokens.equals(ofSource) && !tokens.equals(ofSink)) {
      throw mismatch();
    }
  }

  private boolean isGroup(int group) {
    return group >= 0 && group < groups.size();
  }

  private UnusableInputException mismatch() {
    return new UnusableInputException(
        file + ": the groups and blocks in its comments do not fit its nodes and arcs." + CURE);
  }
}
