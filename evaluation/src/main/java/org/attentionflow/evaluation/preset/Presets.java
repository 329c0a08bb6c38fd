package org.attentionflow.evaluation.preset;

import java.util.List;
import java.util.stream.IntStream;
import org.attentionflow.evaluation.metric.MetricSettings;
import org.attentionflow.evaluation.metric.Rounding;
import org.attentionflow.failure.UnusableInputException;
import org.attentionflow.plugin.Nearest;

/** The conventions that are known by name. */
public final class Presets {
  private static final List<Preset> ALL = List.of(attcat(), eraser(), ferret(), gaf(), naopc());

  private Presets() {}

  /** Every preset, by name. */
  public static List<Preset> all() {
    return ALL;
  }

  /**
   * The preset with a name.
   *
   * @throws UnusableInputException if there is none; the message names those there are
   */
  public static Preset get(String name) {
    List<String> names = ALL.stream().map(Preset::name).toList();
    return ALL.stream()
        .filter(preset -> preset.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableInputException(
                    "There is no preset named '"
                        + name
                        + "'. Present: "
                        + String.join(", ", Nearest.sort(name, names))
                        + "."));
  }

  private static Preset gaf() {
    return new Preset(
        "gaf",
        "AOPC and LOdds when the top 10 to 50 % of tokens are masked; predicted class.",
        "Azarkhalili and Libbrecht, Generalized Attention Flow, ACL 2025, arXiv 2502.15765",
        Preset.TargetClass.PREDICTED,
        Preset.Unit.TOKENS,
        List.of("mask"),
        1,
        List.of("aopc", "lodds"),
        MetricSettings.defaults(),
        List.of());
  }

  private static Preset attcat() {
    return new Preset(
        "attcat",
        "Absolute change of the gold class over nine levels, by padding or deletion.",
        "Qiang et al., AttCAT, NeurIPS 2022",
        Preset.TargetClass.GOLD,
        Preset.Unit.TOKENS,
        List.of("pad", "delete"),
        10,
        List.of("aopc", "lodds"),
        MetricSettings.defaults()
            .withGrid(shares(9, 9))
            .withRounding(Rounding.HALF_EVEN)
            .withAbsolute(true),
        List.of("The nine levels are read as k = round(i n / 9), i = 1 ... 9."));
  }

  private static Preset eraser() {
    return new Preset(
        "eraser",
        "Comprehensiveness and sufficiency over the bins 1, 5, 10, 20, 50 %, and agreement with"
            + " rationales.",
        "DeYoung et al., ERASER, ACL 2020",
        Preset.TargetClass.PREDICTED,
        Preset.Unit.TOKENS,
        List.of("delete"),
        1,
        List.of("comprehensiveness", "sufficiency", "token-f1", "iou-f1", "auprc"),
        MetricSettings.defaults(),
        List.of(
            "ERASER leaves rounding and removal to the one who submits: here ceil(qN) and deletion.",
            "ERASER counts a bin that removes nothing as 0; here it is left out."));
  }

  private static Preset ferret() {
    return new Preset(
        "ferret",
        "AOPC comprehensiveness and sufficiency over 10 to 100 % by deletion, and tau-LOO.",
        "Attanasio et al., ferret, EACL 2023",
        Preset.TargetClass.PREDICTED,
        Preset.Unit.TOKENS,
        List.of("delete"),
        1,
        List.of("comprehensiveness", "sufficiency", "tau-loo", "token-f1", "auprc"),
        MetricSettings.defaults()
            .withBins(shares(10, 10))
            .withRounding(Rounding.FLOOR)
            .withDistinct(true),
        List.of(
            "ferret decodes the tokens that are left and tokenizes the text again; here ids are"
                + " deleted.",
            "ferret keeps everything at 100 % in sufficiency and counts it as 0; here it is left"
                + " out.",
            "ferret answers 0 or 1 where no share removes anything; here that is undefined.",
            "ferret marks the top 5 tokens; here as many as people mark.",
            "ferret's token IOU is the detail iou of token-f1."));
  }

  private static Preset naopc() {
    return new Preset(
        "naopc",
        "AOPC over every count of masked words, in both directions and between its bounds.",
        "Edin et al., Normalized AOPC, ACL 2025, arXiv 2408.08137",
        Preset.TargetClass.GOLD,
        Preset.Unit.WORDS,
        List.of("mask"),
        1,
        List.of("aopc", "aopc-lerf", "naopc"),
        MetricSettings.defaults().withGrid(List.of()).withReversedTies(true),
        List.of(
            "The study's exact upper bound cannot be below 0, for its maximum starts there; here it"
                + " starts at minus infinity.",
            "The study splits words at white space; here a word is a run of letters and digits or"
                + " one other character.",
            "The study sorts words with NaN scores by position; here such scores are undefined."));
  }

  /** i / parts for i = 1 … count. */
  private static List<Double> shares(int count, int parts) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> (double) i / parts).toList();
  }
}
