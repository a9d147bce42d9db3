package org.sparkgen.job;

import org.sparkgen.config.JobException;
import org.sparkgen.model.Sampler;
import org.sparkgen.report.Traversals;
import org.sparkgen.storage.Storage;

/** Draws what single latent dimensions change around a point; needs no Spark. */
public final class TraverseJob implements Job<TraverseResult> {
  private final Storage storage;
  private final LatentRequest request;

  /**
   * Traversals. Their target is {@code traversals.png}.
   *
   * @param request with one point
   */
  public TraverseJob(Storage storage, LatentRequest request) {
    this.storage = storage;
    this.request = request;
  }

  /**
   * Draws and writes.
   *
   * @throws JobException USAGE if the model can't do that or the target is taken; INPUT if there is
   *     no model, or a picture can't be read
   */
  @Override
  public TraverseResult run() {
    DecodeJob.decoding(storage, request.output())
        .require(
            Sampler.class::isInstance,
            "go through latent dimensions",
            "has no prior that says how far they reach; train family vae, beta-vae, gan or vae-gan");
    LatentView view = LatentView.open(storage, request);
    Traversals traversals =
        view.use(
            (generator, points) ->
                new TraversalPictures(
                        generator, view.shape(), view.model().config().model().pixelRange())
                    .around((Sampler) generator, points[0], view.label(), "where the point is"));
    view.publish("traversals.png", traversals.grid().picture().bytes());
    return new TraverseResult(view.result(traversals.grid().rows().size()), traversals.text());
  }
}
