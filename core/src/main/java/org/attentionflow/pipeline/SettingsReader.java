package org.attentionflow.pipeline;

import java.util.Arrays;
import java.util.Locale;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.engine.EngineSettings;
import org.attentionflow.engine.Target;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.flow.BarrierParameter;
import org.attentionflow.flow.SolverSettings;
import org.attentionflow.information.HeadReduction;
import org.attentionflow.information.ResidualConnection;
import org.attentionflow.network.CapacityScale;
import org.attentionflow.network.NetworkSettings;
import org.attentionflow.network.Sources;
import org.attentionflow.network.TerminalCapacity;
import org.attentionflow.plugin.Nearest;
import org.attentionflow.tensor.Precision;
import org.jspecify.annotations.Nullable;

/** Turns the words of settings into typed settings. */
final class SettingsReader {
  private SettingsReader() {}

  static MethodSettings method(Settings settings) {
    return new MethodSettings(
        choice(settings, SettingsKey.HEADS, HeadReduction.class),
        choice(settings, SettingsKey.RESIDUAL, ResidualConnection.class),
        settings.get(SettingsKey.NETWORK),
        new NetworkSettings(
            choice(settings, SettingsKey.TERMINAL_CAPACITY, TerminalCapacity.class),
            choice(settings, SettingsKey.SCALE, CapacityScale.class),
            sources(settings),
            choice(settings, SettingsKey.PRECISION, Precision.class)),
        settings.get(SettingsKey.SOLVER),
        barrier(settings),
        new SolverSettings(
            number(settings, SettingsKey.TOLERANCE),
            count(settings, SettingsKey.ITERATION_LIMIT, 1),
            Math.max(1, count(settings, SettingsKey.SOLVER_THREADS, 0))),
        settings.methodOptions());
  }

  static Settings alone(Settings settings) {
    int processors = Runtime.getRuntime().availableProcessors();
    return count(settings, SettingsKey.SOLVER_THREADS, 0) > 0
        ? settings
        : settings.with(SettingsKey.SOLVER_THREADS.key(), Integer.toString(processors));
  }

  static EngineSettings engine(Settings settings) {
    return new EngineSettings(
        count(settings, SettingsKey.NATIVE_THREADS, 1), count(settings, SettingsKey.BATCH_SIZE, 1));
  }

  static int workers(Settings settings) {
    int workers = count(settings, SettingsKey.WORKERS, 0);
    return workers == 0 ? Runtime.getRuntime().availableProcessors() : workers;
  }

  static Target target(Settings settings) {
    String contrast = settings.get(SettingsKey.CONTRAST);
    return contrast.isEmpty()
        ? Target.parse(settings.get(SettingsKey.TARGET))
        : new Target.Contrast(contrast);
  }

  private static BarrierParameter barrier(Settings settings) {
    return settings.get(SettingsKey.MU_ABSOLUTE).isEmpty()
        ? BarrierParameter.relative(number(settings, SettingsKey.MU))
        : BarrierParameter.absolute(number(settings, SettingsKey.MU_ABSOLUTE));
  }

  private static Sources sources(Settings settings) {
    String value = settings.get(SettingsKey.SOURCES);
    return switch (value) {
      case "all" -> Sources.all();
      case "classifier" -> Sources.classifier();
      default -> {
        try {
          yield Sources.position(Integer.parseInt(value));
        } catch (NumberFormatException e) {
          throw unreadable(SettingsKey.SOURCES, value, "all, classifier or a position", e);
        }
      }
    };
  }

  private static double number(Settings settings, SettingsKey key) {
    String value = settings.get(key);
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw unreadable(key, value, "a number", e);
    }
  }

  private static int count(Settings settings, SettingsKey key, int least) {
    String value = settings.get(key);
    try {
      int count = Integer.parseInt(value);
      if (count >= least) {
        return count;
      }
      throw unreadable(key, value, "a whole number of at least " + least, null);
    } catch (NumberFormatException e) {
      throw unreadable(key, value, "a whole number of at least " + least, e);
    }
  }

  private static <E extends Enum<E>> E choice(Settings settings, SettingsKey key, Class<E> type) {
    String value = settings.get(key);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    var names =
        Arrays.stream(type.getEnumConstants()).map(c -> c.name().toLowerCase(Locale.ROOT)).toList();
    throw unreadable(key, value, "one of " + String.join(", ", Nearest.sort(value, names)), null);
  }

  private static UnusableInputException unreadable(
      SettingsKey key, String value, String expected, @Nullable Exception cause) {
    String message = key.key() + " = " + value + ": expected " + expected + ".";
    return cause == null
        ? new UnusableInputException(message)
        : new UnusableInputException(message, cause);
  }
}
