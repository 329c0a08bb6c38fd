package org.attentionflow.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which module may know which: everything knows core; engines do not know each other, nor solvers;
 * evaluation, baselines and the testkit know neither; nothing knows the command line or the
 * benchmarks.
 */
class ModuleArchitectureTest {
  private static final String ROOT = "org.attentionflow";

  /** A module by its package below the root, with the modules beside core that it may know. */
  private record Module(String name, int leastClasses, List<String> knows) {
    static Module of(String name, int leastClasses, String... knows) {
      return new Module(name, leastClasses, List.of(knows));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<String> CORE =
      List.of(
          "attribution",
          "dual",
          "engine",
          "failure",
          "flow",
          "information",
          "linear",
          "network",
          "pipeline",
          "plugin",
          "provenance",
          "tensor",
          "token");

  private static final List<Module> MODULES =
      List.of(
          Module.of("formats", 60),
          Module.of("barrier", 7),
          Module.of("laplacian", 10),
          Module.of("maxflow", 2),
          Module.of("ortools", 2),
          Module.of("vector", 2),
          Module.of("huggingface", 5, "formats"),
          Module.of("onnx", 40, "huggingface"),
          Module.of("pytorch", 30, "huggingface", "formats"),
          Module.of("tensorflow", 20, "huggingface"),
          Module.of("baselines", 50),
          Module.of("evaluation", 120, "formats"),
          Module.of("testkit", 40, "formats"),
          Module.of("cli", 50, "formats", "evaluation"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  static Collection<Module> modules() {
    return MODULES;
  }

  /** A rule about no classes would hold. */
  @ParameterizedTest
  @MethodSource("modules")
  void thereAreClasses(Module module) {
    long count = CLASSES.stream().filter(resideInAPackage(below(module.name()))).count();
    assertTrue(count >= module.leastClasses(), module + " has only " + count);
  }

  /** A new module needs a rule. */
  @Test
  void everyPackageBelongsToAModule() {
    Set<String> known = new TreeSet<>(CORE);
    MODULES.forEach(module -> known.add(module.name()));
    Set<String> unknown = new TreeSet<>();
    for (JavaClass seen : CLASSES) {
      String[] parts = seen.getPackageName().split("\\.", 4);
      if (parts.length > 2 && !known.contains(parts[2])) {
        unknown.add(seen.getName());
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleKnowsCoreAndFewOthers(Module module) {
    List<String> allowed = new ArrayList<>(corePackages());
    Stream.concat(Stream.of(module.name()), module.knows().stream())
        .forEach(name -> allowed.add(below(name)));
    onlyKnow(below(module.name()), allowed);
  }

  @Test
  void coreKnowsItselfAlone() {
    for (String part : CORE) {
      if (CLASSES.stream().anyMatch(resideInAPackage(below(part)))) {
        onlyKnow(below(part), corePackages());
      }
    }
  }

  private static void onlyKnow(String packages, List<String> allowed) {
    classes()
        .that()
        .resideInAPackage(packages)
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage(ROOT + ".."))
                .or(resideInAnyPackage(allowed.toArray(String[]::new))))
        .check(CLASSES);
  }

  private static List<String> corePackages() {
    return Stream.concat(Stream.of(ROOT), CORE.stream().map(ModuleArchitectureTest::below))
        .toList();
  }

  private static String below(String name) {
    return ROOT + "." + name + "..";
  }
}
