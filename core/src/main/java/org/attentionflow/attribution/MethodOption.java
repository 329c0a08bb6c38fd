package org.attentionflow.attribution;

/**
 * A setting that one attribution method has and others need not have.
 *
 * @param key the key without its prefix: {@code steps} is set as {@code method.steps}
 * @param defaultValue the value where none is set
 * @param meaning what it means, in one line
 */
public record MethodOption(String key, String defaultValue, String meaning) {
  /** What stands before the key in settings. */
  public static final String PREFIX = "method.";

  /** The key as it is written in settings. */
  public String settingsKey() {
    return PREFIX + key;
  }
}
