/**
 * The solver {@code ortools-max-flow}: capacities rounded down to integers ({@code
 * IntegerCapacities}), the flow by OR-Tools ({@code NativeMaximumFlow}), and the cut ({@code
 * ResidualCut}).
 */
@NullMarked
package org.attentionflow.ortools;

import org.jspecify.annotations.NullMarked;
