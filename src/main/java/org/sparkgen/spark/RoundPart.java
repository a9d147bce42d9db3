package org.sparkgen.spark;

import java.io.Serializable;

/** What one reducer of a round sends to the driver. */
sealed interface RoundPart extends Serializable permits SliceMean, RoundSummary {}
