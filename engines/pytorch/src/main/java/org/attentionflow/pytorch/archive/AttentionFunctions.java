package org.attentionflow.pytorch.archive;

/** TorchScript that instrumented code calls. */
final class AttentionFunctions {
  /**
   * {@code watch} puts attention on the list and asks for its gradient, if the axis of its softmax
   * is the last one; behind it, an empty tensor has the number of the site as its size. {@code
   * attend} is scaled_dot_product_attention in its parts: softmax(Q·Kᵀ·scale + mask)·V, whose
   * attention a fused kernel does not give away; dtype 11 is bool.
   */
  static final String TEXT =
      """
      def watch(attention_flow_list: List[Tensor],
          attention: Tensor,
          axis: int,
          site: int) -> Tensor:
        if torch.eq(axis, -1):
          pass
        else:
          if torch.lt(axis, torch.sub(torch.dim(attention), 1)):
            ops.prim.RaiseException("the softmax of attention runs over an axis that is not the last")
          else:
            pass
        _0 = torch.requires_grad_(attention, True)
        _1 = torch.retain_grad(attention)
        _2 = torch.append(attention_flow_list, attention)
        _3 = torch.append(attention_flow_list, torch.zeros([site, 0]))
        return attention
      def attend(attention_flow_list: List[Tensor],
          site: int,
          query: Tensor,
          key: Tensor,
          value: Tensor,
          attn_mask: Optional[Tensor]=None,
          dropout_p: float=0.,
          is_causal: bool=False,
          scale: Optional[float]=None,
          enable_gqa: bool=False) -> Tensor:
        if torch.gt(dropout_p, 0.):
          ops.prim.RaiseException("traced in training mode")
        else:
          pass
        if torch.__isnot__(scale, None):
          factor = unchecked_cast(float, scale)
        else:
          factor = torch.div(1., torch.sqrt(torch.size(query, -1)))
        if enable_gqa:
          groups = torch.floordiv(torch.size(query, -3), torch.size(key, -3))
          keys = torch.repeat_interleave(key, groups, -3)
          values = torch.repeat_interleave(value, groups, -3)
        else:
          keys = key
          values = value
        _0 = torch.matmul(query, torch.transpose(keys, -2, -1))
        scores = torch.mul(_0, factor)
        if torch.__isnot__(attn_mask, None):
          mask = unchecked_cast(Tensor, attn_mask)
          if torch.eq(ops.prim.dtype(mask), 11):
            masked = torch.masked_fill(scores, torch.logical_not(mask), -3.4028234663852886e+38)
          else:
            masked = torch.add(scores, mask)
        else:
          masked = scores
        if is_causal:
          past = torch.tril(torch.ones_like(masked))
          visible = torch.masked_fill(masked, torch.eq(past, 0), -3.4028234663852886e+38)
        else:
          visible = masked
        attention = __torch__.attention_flow.watch(attention_flow_list, torch.softmax(visible, -1), -1, site, )
        return torch.matmul(attention, values)
      """;

  private AttentionFunctions() {}
}
