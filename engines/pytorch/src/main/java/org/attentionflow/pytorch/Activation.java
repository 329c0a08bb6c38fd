package org.attentionflow.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.attentionflow.huggingface.ModelConfig;

/** The elementwise functions a feed-forward network or head can have. */
enum Activation {
  /** x Φ(x) with the distribution function Φ of the standard normal distribution. */
  GELU {
    @Override
    PtNDArray apply(PtNDArray x) {
      return JniUtils.gelu(x);
    }
  },
  /** The approximation x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))). */
  GELU_TANH {
    @Override
    PtNDArray apply(PtNDArray x) {
      PtNDArray cubic = Scalar.times(x.mul(x).mul(x), 0.044715).add(x);
      PtNDArray gate = JniUtils.tanh(Scalar.times(cubic, Math.sqrt(2 / Math.PI)));
      return Scalar.times(gate.add(Scalar.of(x, 1)).mul(x), 0.5);
    }
  },
  /** max(x, 0). */
  RELU {
    @Override
    PtNDArray apply(PtNDArray x) {
      return JniUtils.relu(x);
    }
  },
  /** x / (1 + e⁻ˣ). */
  SILU {
    @Override
    PtNDArray apply(PtNDArray x) {
      return x.mul(JniUtils.sigmoid(x));
    }
  },
  /** The hyperbolic tangent. */
  TANH {
    @Override
    PtNDArray apply(PtNDArray x) {
      return JniUtils.tanh(x);
    }
  };

  /** The function of every element. */
  abstract PtNDArray apply(PtNDArray x);

  /** The function that an entry of the configuration names. */
  static Activation named(ModelConfig config, String key, Activation byDefault) {
    String name = config.text(key, "");
    return switch (name) {
      case "" -> byDefault;
      case "gelu", "gelu_python" -> GELU;
      case "gelu_new", "gelu_pytorch_tanh", "gelu_fast" -> GELU_TANH;
      case "relu" -> RELU;
      case "silu", "swish" -> SILU;
      case "tanh" -> TANH;
      default ->
          throw config.wrong(
              key,
              ("is '" + name + "', which is not supported; supported are gelu, gelu_new,")
                  + " gelu_fast, gelu_pytorch_tanh, relu, silu and tanh");
    };
  }
}
