package org.attentionflow.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number but keeps it as it was written, so that provenance shows what the user gave. */
final class NumberText implements ITypeConverter<String> {
  @Override
  public String convert(String value) {
    try {
      Double.parseDouble(value.strip());
      return value.strip();
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + value + "' is not a number");
    }
  }
}
