package org.attentionflow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the packages of core: dependencies point from a stage to the stages before it. */
class ArchitectureTest {
  private static final String ROOT = "org.attentionflow.";

  /** The stages, from text to result. */
  private static final List<String> STAGES =
      List.of("token", "engine", "information", "network", "flow", "attribution", "pipeline");

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages("org.attentionflow");

  /** Each stage with every stage after it. */
  static Stream<Arguments> stagesAndLaterStages() {
    return IntStream.range(0, STAGES.size() - 1)
        .boxed()
        .flatMap(
            i -> STAGES.stream().skip(i + 1L).map(later -> Arguments.of(STAGES.get(i), later)));
  }

  /** Without classes every other rule would hold. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token",
        "engine",
        "information",
        "network",
        "flow",
        "attribution",
        "pipeline",
        "plugin"
      })
  void everyPackageHasClasses(String name) {
    assertTrue(
        CORE.stream()
            .filter(c -> c.getPackageName().equals(ROOT + name))
            .anyMatch(c -> !c.getSimpleName().equals("package-info")),
        name);
  }

  @ParameterizedTest
  @MethodSource("stagesAndLaterStages")
  void aStageDoesNotKnowLaterStages(String stage, String later) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + stage + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + later + "..")
        .check(CORE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensor", "linear", "failure", "plugin"})
  void aLeafDoesNotKnowTheStages(String leaf) {
    noClasses()
        .that()
        .resideInAPackage(ROOT + leaf + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(STAGES.stream().map(s -> ROOT + s + "..").toArray(String[]::new))
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.attentionflow.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void coreNeedsTheJdkAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..", "com.sun.management..", "org.attentionflow..", "org.jspecify.annotations..")
        .check(CORE);
  }

  @Test
  void coreDoesNotWriteToStandardStreams() {
    noClasses().should(ACCESS_STANDARD_STREAMS).check(CORE);
  }
}
