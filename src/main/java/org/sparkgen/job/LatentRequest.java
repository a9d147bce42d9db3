package org.sparkgen.job;

import java.util.List;
import java.util.Optional;

/**
 * Pictures of the latent space around or between points.
 *
 * @param output output folder of the training
 * @param points latent vectors
 * @param className name or number of the class that is drawn, of a conditional model
 * @param to folder that is written, new or empty
 */
public record LatentRequest(
    String output, List<LatentPoint> points, Optional<String> className, String to) {
  public LatentRequest {
    points = List.copyOf(points);
  }
}
