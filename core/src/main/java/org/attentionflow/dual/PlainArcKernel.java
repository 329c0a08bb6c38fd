package org.attentionflow.dual;

/** {@link ArcLoops} themselves: plain Java, which runs everywhere. */
final class PlainArcKernel implements ArcKernel {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public String summary() {
    return "Loops over arcs in plain Java.";
  }

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public ArcLoops loops(int widest) {
    return new ArcLoops(widest);
  }
}
