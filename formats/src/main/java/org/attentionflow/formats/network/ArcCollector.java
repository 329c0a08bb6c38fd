package org.attentionflow.formats.network;

import org.attentionflow.network.ArcBlock;

/** An arc block while arcs are put into it; parallel arcs add up. */
interface ArcCollector {
  /** Adds an arc between a node of the tail group and one of the head group. */
  void add(int tailMember, int headMember, double capacity);

  /** The block. */
  ArcBlock block();
}
