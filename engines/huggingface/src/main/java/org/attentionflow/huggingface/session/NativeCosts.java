package org.attentionflow.huggingface.session;

/**
 * What a native library makes and keeps while it runs a model, in tensors per layer; part of {@link
 * CaptureMemory}.
 *
 * @param fixedBytes what a call needs whatever its size
 * @param batchBytes what a call of several inputs may need
 * @param transientAttentions attention tensors that one layer needs for a moment, forward and back
 * @param keptAttentions attention tensors kept per layer if gradients are wanted
 * @param hiddenVectors vectors of the hidden width per token and layer, kept if gradients are
 *     wanted
 * @param innerVectors the same of the width of the feed-forward network
 * @param returnsTogether whether all layers of a batch are returned at once, and not one by one
 */
public record NativeCosts(
    long fixedBytes,
    long batchBytes,
    int transientAttentions,
    int keptAttentions,
    int hiddenVectors,
    int innerVectors,
    boolean returnsTogether) {}
