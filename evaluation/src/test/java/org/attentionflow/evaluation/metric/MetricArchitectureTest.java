package org.attentionflow.evaluation.metric;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Perturbations, metrics and statistics know core and each other, in one direction. */
class MetricArchitectureTest {
  private static final String ROOT = "org.attentionflow.evaluation.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
          .importPackages(
              ROOT + "perturbation", ROOT + "metric", ROOT + "statistics", ROOT + "preset");

  @Test
  void thereAreClasses() {
    assertTrue(CLASSES.size() > 40, "only " + CLASSES.size());
  }

  @Test
  void theyNeedCoreAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..",
            "org.jspecify.annotations..",
            "org.attentionflow.attribution..",
            "org.attentionflow.engine..",
            "org.attentionflow.failure..",
            "org.attentionflow.plugin..",
            "org.attentionflow.tensor..",
            "org.attentionflow.token..",
            ROOT + "perturbation..",
            ROOT + "metric..",
            ROOT + "statistics..",
            ROOT + "preset..")
        .check(CLASSES);
  }

  @Test
  void perturbationsDoNotKnowMetrics() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "perturbation..", ROOT + "statistics..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "metric..", ROOT + "preset..")
        .check(CLASSES);
  }

  @Test
  void nothingIsPrinted() {
    noClasses().should(ACCESS_STANDARD_STREAMS).check(CLASSES);
  }
}
