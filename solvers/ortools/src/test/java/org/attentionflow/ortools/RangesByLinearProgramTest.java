package org.attentionflow.ortools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.List;
import org.attentionflow.flow.maximum.MaximumFlow;
import org.attentionflow.flow.maximum.MaximumFlowRanges;
import org.attentionflow.flow.maximum.TokenRange;
import org.attentionflow.network.ArcBlock;
import org.attentionflow.network.FlowNetwork;
import org.attentionflow.network.NodeIndex;
import org.attentionflow.testkit.NetworkInstance;
import org.attentionflow.testkit.RandomNetworks;
import org.attentionflow.testkit.RandomNetworks.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ranges of scores over all maximum flows against linear programs, solved by GLOP. */
class RangesByLinearProgramTest {
  /** GLOP's tolerances are 1e-7 or better; the capacities tried are of the order of 1. */
  private static final double TOLERANCE = 1e-6;

  @BeforeAll
  static void load() {
    Loader.loadNativeLibraries();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {
        "DENSE",
        "SPARSE",
        "CAUSAL",
        "TWINS",
        "SINGLE_SOURCE",
        "ATTENTION",
        "GROUPS",
        "ENCODER_DECODER"
      })
  void agreesWithLinearPrograms(Kind kind) {
    for (long seed = 9_000_000; seed < 9_000_006; seed++) {
      NetworkInstance instance = RandomNetworks.of(kind, seed);
      List<TokenRange> ranges = MaximumFlowRanges.of(instance.network());
      Program program = new Program(instance.network());
      program.fixValue(MaximumFlow.of(instance.network()).value());
      for (int token = 0; token < ranges.size(); token++) {
        String what = instance.name() + ": token " + token;
        assertEquals(program.least(token), ranges.get(token).least(), TOLERANCE, what);
        assertEquals(program.most(token), ranges.get(token).most(), TOLERANCE, what);
      }
      program.solver.delete();
    }
  }

  /** The flows of a network as a linear program: bounds, and conservation but at the terminals. */
  private static final class Program {
    private final MPSolver solver = MPSolver.createSolver("GLOP");
    private final List<MPVariable> tokens = new ArrayList<>();
    private final List<MPConstraint> balance = new ArrayList<>();

    Program(FlowNetwork network) {
      NodeIndex index = NodeIndex.of(network);
      for (int node = 0; node < index.nodeCount(); node++) {
        balance.add(solver.makeConstraint(0, 0));
      }
      int sink = index.first(network.sink());
      int source = index.first(network.source());
      balance.get(sink).setBounds(0, MPSolver.infinity());
      balance.get(source).setBounds(-MPSolver.infinity(), 0);
      for (int number = 0; number < network.blocks().size(); number++) {
        ArcBlock block = network.blocks().get(number);
        for (int i = 0; i < block.capacity().rowCount(); i++) {
          for (int j = 0; j < block.capacity().columnCount(); j++) {
            MPVariable arc = solver.makeNumVar(0, block.capacity().get(i, j), "");
            int tail = index.node(block.tail(), block.tailNode(i, j));
            balance.get(tail).setCoefficient(arc, -1);
            balance.get(index.node(block.head(), j)).setCoefficient(arc, 1);
            if (network.tokenBlocks().contains(number)) {
              tokens.add(arc);
            }
          }
        }
      }
    }

    /** Admits maximum flows alone, and those that are it but for rounding. */
    void fixValue(double value) {
      MPConstraint atLeast = solver.makeConstraint(value * (1 - 1e-9), MPSolver.infinity());
      tokens.forEach(token -> atLeast.setCoefficient(token, 1));
    }

    double least(int token) {
      return optimum(token, true);
    }

    double most(int token) {
      return optimum(token, false);
    }

    private double optimum(int token, boolean isLeast) {
      MPObjective objective = solver.objective();
      objective.clear();
      objective.setCoefficient(tokens.get(token), 1);
      objective.setOptimizationDirection(!isLeast);
      MPSolver.ResultStatus status = solver.solve();
      assertTrue(status == MPSolver.ResultStatus.OPTIMAL, "GLOP ended with " + status);
      return objective.value();
    }
  }
}
