package org.attentionflow.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.AttentionKind;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.CaptureRequest;
import org.attentionflow.engine.Target;
import org.attentionflow.onnx.graph.ElementType;
import org.attentionflow.onnx.graph.ModelFile;
import org.attentionflow.onnx.graph.NativeRuntime;
import org.attentionflow.tensor.FloatTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients of the attention against central differences of the graph as it was exported: a probe
 * is added to the attention of one layer, and moved away from zero.
 */
class FiniteDifferenceTest {
  private static final float STEP = 0x1p-5f;

  /**
   * A logit of size about 3 is right to about 2e-6 in 32 bits; differences at STEP and STEP / 2,
   * combined so that their errors of order STEP² cancel, make that about 2e-4. What remains of
   * order STEP⁴ is smaller.
   */
  private static final double TOLERANCE = 1e-3;

  private static final int CLASS = 2;
  private static final int[] IDS = {2, 5, 7, 11, 3};

  /** DistilBERT is left out because its head has ReLU, whose kink differences step over. */
  @ParameterizedTest
  @ValueSource(strings = {"bert-sdpa-legacy", "roberta-eager-legacy", "electra-eager-legacy"})
  void gradientsAgreeWithCentralDifferences(String name) throws OrtException {
    ModelFile file = ModelFile.read(Goldens.file(name));
    List<AttentionTensor> layers = Classifier.read(file, 0, List.of()).attention();
    CaptureRequest request = CaptureRequest.attentionAndGradient(new Target.Index(CLASS));
    try (OnnxSession session = Goldens.open(name)) {
      Capture capture = session.capture(List.of(session.sequence(IDS)), request).get(0);
      for (int layer = 0; layer < layers.size(); layer++) {
        FloatTensor gradient =
            capture.attention(AttentionKind.ENCODER).get(layer).gradient().orElseThrow();
        ModelProto probed = probed(file.model(), layers.get(layer).value().name());
        try (OrtSession plain = NativeRuntime.open(probed, file.folder(), 1, OptLevel.ALL_OPT)) {
          double[] wide = differences(plain, gradient.shape(), STEP);
          double[] narrow = differences(plain, gradient.shape(), STEP / 2);
          for (int i = 0; i < wide.length; i++) {
            assertEquals(
                (4 * narrow[i] - wide[i]) / 3,
                gradient.values()[i],
                TOLERANCE,
                "layer " + layer + " entry " + i);
          }
        }
      }
    }
  }

  /** A copy in which every node that read the attention reads attention + probe. */
  private static ModelProto probed(ModelProto model, String attention) {
    GraphProto graph = model.getGraph();
    GraphProto.Builder probed = graph.toBuilder().clearNode();
    for (NodeProto node : graph.getNodeList()) {
      NodeProto.Builder changed = node.toBuilder();
      for (int i = 0; i < node.getInputCount(); i++) {
        if (node.getInput(i).equals(attention)) {
          changed.setInput(i, "attention_and_probe");
        }
      }
      probed.addNode(changed);
      if (node.getOutputList().contains(attention)) {
        probed.addNode(
            NodeProto.newBuilder()
                .setOpType("Add")
                .addInput(attention)
                .addInput("probe")
                .addOutput("attention_and_probe"));
      }
    }
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.code());
    for (int axis = 0; axis < 4; axis++) {
      type.getShapeBuilder().addDimBuilder();
    }
    probed.addInput(
        ValueInfoProto.newBuilder()
            .setName("probe")
            .setType(TypeProto.newBuilder().setTensorType(type)));
    return model.toBuilder().setGraph(probed).build();
  }

  /** One run per step direction: each row of the batch moves another entry. */
  private static double[] differences(OrtSession session, int[] shape, float step)
      throws OrtException {
    int count = shape[0] * shape[1] * shape[2];
    float[] above = logits(session, shape, count, step);
    float[] below = logits(session, shape, count, -step);
    double[] differences = new double[count];
    for (int i = 0; i < count; i++) {
      differences[i] = ((double) above[i] - below[i]) / (2 * step);
    }
    return differences;
  }

  private static float[] logits(OrtSession session, int[] shape, int count, float step)
      throws OrtException {
    OrtEnvironment environment = NativeRuntime.environment();
    long[] ids = new long[count * IDS.length];
    long[] mask = new long[ids.length];
    Arrays.fill(mask, 1);
    float[] probe = new float[count * count];
    for (int i = 0; i < count; i++) {
      probe[i * count + i] = step;
      for (int t = 0; t < IDS.length; t++) {
        ids[i * IDS.length + t] = IDS[t];
      }
    }
    long[] tokens = {count, IDS.length};
    try (OnnxTensor idTensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), tokens);
        OnnxTensor maskTensor =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(mask), tokens);
        OnnxTensor probeTensor =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(probe),
                new long[] {count, shape[0], shape[1], shape[2]});
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor, "attention_mask", maskTensor, "probe", probeTensor))) {
      float[][] rows = (float[][]) result.get("logits").orElseThrow().getValue();
      float[] column = new float[count];
      for (int i = 0; i < count; i++) {
        column[i] = rows[i][CLASS];
      }
      return column;
    }
  }
}
