package org.attentionflow.baselines.perturbation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.attentionflow.engine.Capture;
import org.attentionflow.engine.ModelSession;
import org.attentionflow.token.Token;

/**
 * The game whose players are the tokens of a text, special tokens left out: the value of a
 * coalition is the target y (a logit, or the difference of two) with all other players removed. The
 * class is that of the whole input.
 *
 * <p>Each coalition is computed once, and alone: its bits must not depend on a batch.
 */
final class Coalitions {
  private final Capture capture;
  private final ModelSession session;
  private final Removal removal;

  /** The position of each player. */
  private final int[] players;

  private final Map<Key, Double> known = new HashMap<>();

  /** Which players are present. */
  private record Key(boolean[] present) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(present, key.present);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(present);
    }
  }

  Coalitions(Capture capture, ModelSession session, Removal removal) {
    this.capture = capture;
    this.session = session;
    this.removal = removal;
    this.players =
        capture.tokens().tokens().stream()
            .filter(token -> !token.special())
            .mapToInt(Token::index)
            .toArray();
  }

  /** The number of players. */
  int count() {
    return players.length;
  }

  /** y with all players. */
  double full() {
    return capture.target().value(capture.logits());
  }

  /** y without any player. */
  double empty() {
    return value(new boolean[players.length]);
  }

  /** y with the given players. */
  double value(boolean[] present) {
    Key key = new Key(present.clone());
    Double value = known.get(key);
    if (value == null) {
      value = compute(present);
      known.put(key, value);
    }
    return value;
  }

  /** Scores of the players as scores of all tokens: special tokens have 0. */
  double[] perToken(double[] scores) {
    double[] all = new double[capture.tokens().size()];
    for (int i = 0; i < players.length; i++) {
      all[players[i]] = scores[i];
    }
    return all;
  }

  private double compute(boolean[] present) {
    boolean[] removed = new boolean[capture.tokens().size()];
    boolean any = false;
    for (int i = 0; i < players.length; i++) {
      removed[players[i]] = !present[i];
      any |= !present[i];
    }
    if (!any) {
      return full();
    }
    return capture
        .target()
        .value(
            session
                .logits(List.of(removal.apply(capture.tokens(), removed, session.model())))
                .get(0));
  }
}
