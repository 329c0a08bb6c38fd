package org.attentionflow.baselines.encoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.attentionflow.engine.ResolvedTarget;

/**
 * Relevance propagated from the target back to the embedding layer's output, by the rules of Chefer
 * et al. (Transformer Interpretability Beyond Attention Visualization, CVPR 2021): the z⁺ rule in
 * affine maps ({@link AffineMap#relevance}); {@link SplitRules} in sums and products; the identity
 * in norms, softmax and elementwise functions. The target has relevance 1, and every step conserves
 * the sum, except where a divisor is zero.
 */
public final class RelevancePass {
  /**
   * The relevance in a layer.
   *
   * @param attention of the attention, [head, query, key]
   * @param input of the layer's input, [token, hidden]
   */
  public record LayerRelevance(double[] attention, double[] input) {}

  private RelevancePass() {}

  /** The relevance per layer, first layer first. */
  public static List<LayerRelevance> of(EncoderPass pass, ResolvedTarget target) {
    AffineMap last = AffineMap.of(pass.head().output()).output(target.index(), target.against());
    double[] active = last.relevance(pass.active(), new double[] {1});
    double[] first = AffineMap.of(pass.head().dense()).relevance(pass.first(), active);
    LayerPass top = pass.layers().get(pass.layers().size() - 1);
    double[] relevance = new double[top.z().length];
    System.arraycopy(first, 0, relevance, 0, first.length);
    List<LayerRelevance> layers = new ArrayList<>();
    for (int layer = pass.layers().size() - 1; layer >= 0; layer--) {
      LayerRelevance through = through(pass.layers().get(layer), relevance);
      layers.add(through);
      relevance = through.input();
    }
    Collections.reverse(layers);
    return layers;
  }

  /** From the relevance of a layer's output to that of its attention and input. */
  private static LayerRelevance through(LayerPass layer, double[] output) {
    double[][] sum = SplitRules.sum(layer.forward(), layer.y(), output);
    double[] active = AffineMap.of(layer.weights().outer()).relevance(layer.active(), sum[0]);
    double[] forward = AffineMap.of(layer.weights().inner()).relevance(layer.y(), active);
    double[] y = Rows.sum(forward, sum[1]);
    double[][] residual = SplitRules.sum(layer.attended(), layer.x(), y);
    double[] mixed = AffineMap.of(layer.weights().output()).relevance(layer.mixed(), residual[0]);
    double[][] product = SplitRules.attentionTimesValue(layer, mixed);
    double[][] scores = SplitRules.queryTimesKey(layer, product[0]);
    double[] input = residual[1];
    input = Rows.sum(input, AffineMap.of(layer.weights().query()).relevance(layer.x(), scores[0]));
    input = Rows.sum(input, AffineMap.of(layer.weights().key()).relevance(layer.x(), scores[1]));
    input = Rows.sum(input, AffineMap.of(layer.weights().value()).relevance(layer.x(), product[1]));
    return new LayerRelevance(product[0], input);
  }
}
