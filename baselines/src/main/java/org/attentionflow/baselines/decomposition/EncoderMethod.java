package org.attentionflow.baselines.decomposition;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.attentionflow.attribution.MethodOptions;
import org.attentionflow.attribution.MethodSettings;
import org.attentionflow.baselines.Baseline;
import org.attentionflow.baselines.EncoderAttention;
import org.attentionflow.baselines.LayerProduct;
import org.attentionflow.baselines.Plan;
import org.attentionflow.baselines.Profile;
import org.attentionflow.baselines.Scores;
import org.attentionflow.baselines.encoder.EncoderPass;
import org.attentionflow.baselines.encoder.LayerPass;
import org.attentionflow.engine.Capability;
import org.attentionflow.engine.Quantity;
import org.attentionflow.tensor.Matrix;

/**
 * A method that gives each layer a matrix of contributions [token, from token] with rows that sum
 * to 1, and reads the [CLS] row of their product. The layers are computed in double precision from
 * the model's weights.
 */
abstract class EncoderMethod extends Baseline {
  EncoderMethod(Profile profile) {
    super(profile);
  }

  @Override
  protected final Plan plan(MethodSettings settings, MethodOptions options) {
    return new Plan(
        EnumSet.of(Quantity.HIDDEN_STATES),
        EnumSet.of(Capability.ENCODER_WEIGHTS),
        (capture, session) -> {
          EncoderPass pass = EncoderPass.of(session.encoderWeights(), capture);
          List<Matrix> layers = new ArrayList<>();
          for (LayerPass layer : pass.layers()) {
            layers.add(rowsToOne(contributions(layer), layer.heads().tokenCount()));
          }
          return Scores.of(LayerProduct.row(layers, EncoderAttention.CLASSIFIER));
        });
  }

  /** What each token contributes to each: [token, from token], not negative. */
  abstract double[] contributions(LayerPass layer);

  /** A row without any contribution stays zero. */
  private static Matrix rowsToOne(double[] contributions, int tokenCount) {
    for (int i = 0; i < tokenCount; i++) {
      double sum = 0;
      for (int j = 0; j < tokenCount; j++) {
        sum += contributions[i * tokenCount + j];
      }
      for (int j = 0; j < tokenCount && sum > 0; j++) {
        contributions[i * tokenCount + j] /= sum;
      }
    }
    return Matrix.of(tokenCount, tokenCount, contributions);
  }
}
