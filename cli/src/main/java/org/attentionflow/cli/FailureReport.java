package org.attentionflow.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.attentionflow.failure.InsufficientMemoryException;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.pipeline.JavaHeap;
import org.jspecify.annotations.Nullable;

/**
 * What the user is told of a failure: one line and an exit code.
 *
 * @param exitCode the exit code
 * @param message the line
 */
record FailureReport(int exitCode, String message) {
  /** The report of anything that can be thrown. */
  static FailureReport of(Throwable thrown) {
    // What failed on a worker arrives wrapped.
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      FailureReport known = known(cause);
      if (known != null) {
        return known;
      }
    }
    return new FailureReport(
        ExitCode.BUG,
        "This is a bug: " + thrown + " at " + place(thrown) + ". --debug prints the details.");
  }

  private static @Nullable FailureReport known(Throwable thrown) {
    if (thrown instanceof UnusableInputException) {
      return new FailureReport(ExitCode.UNUSABLE, String.valueOf(thrown.getMessage()));
    }
    if (thrown instanceof InsufficientMemoryException) {
      return new FailureReport(ExitCode.MEMORY, String.valueOf(thrown.getMessage()));
    }
    if (thrown instanceof OutOfMemoryError) {
      long heap = Runtime.getRuntime().maxMemory();
      return new FailureReport(
          ExitCode.MEMORY,
          "out of memory ("
              + (heap >> 20)
              + " MB of heap). Maybe ATTNFLOW_JAVA_OPTS="
              + JavaHeap.option(2 * heap)
              + ", or for texts fewer workers or shorter texts.");
    }
    if (thrown instanceof IOException exception) {
      return new FailureReport(ExitCode.UNUSABLE, describe(exception));
    }
    return null;
  }

  /** What went wrong with a file, in words. */
  static String describe(IOException exception) {
    if (exception instanceof NoSuchFileException missing) {
      return missing.getFile() + ": there is no such file.";
    }
    if (exception instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied.";
    }
    if (exception instanceof FileSystemException failed && failed.getReason() != null) {
      return failed.getFile() + ": " + failed.getReason() + ".";
    }
    return exception.getMessage() == null ? exception.toString() : exception.getMessage();
  }

  private static String place(Throwable thrown) {
    for (StackTraceElement element : thrown.getStackTrace()) {
      if (element.getClassName().startsWith("org.attentionflow.")) {
        return element.toString();
      }
    }
    return thrown.getStackTrace().length > 0 ? thrown.getStackTrace()[0].toString() : "unknown";
  }
}
