package org.attentionflow.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command line that cannot be understood, found after its options were read. */
final class UsageError {
  private UsageError() {}

  /** The exception that ends in one line and the exit code of usage. */
  static ParameterException of(@Nullable CommandSpec spec, String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
