package org.sparkgen.job;

import java.util.Locale;
import org.sparkgen.config.JobException;
import org.sparkgen.data.Pixels;
import org.sparkgen.model.OneHot;
import org.sparkgen.report.ImageGrid;
import org.sparkgen.report.Pictures;
import org.sparkgen.storage.Storage;
import org.sparkgen.training.SampleChunks;

/** Draws pictures on the way from one latent vector to another; needs no Spark. */
public final class InterpolateJob implements Job<SampleResult> {
  private final Storage storage;
  private final InterpolateRequest request;

  /**
   * An interpolation. Its target is {@code interpolation.png}, all pictures side by side, and
   * {@code images}, each as a file.
   */
  public InterpolateJob(Storage storage, InterpolateRequest request) {
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
  public SampleResult run() {
    LatentView view = LatentView.open(storage, request.latent());
    Pictures pictures = Pictures.of(view.shape(), pixels(view));
    view.publish(
        "interpolation.png",
        ImageGrid.grid(pictures, request.steps(), ImageGrid.readableScale(view.shape())).bytes());
    for (int i = 0; i < request.steps(); i++) {
      String name = String.format(Locale.ROOT, "images/%04d.png", i);
      view.publish(name, ImageGrid.picture(pictures, i).bytes());
    }
    return view.result(request.steps());
  }

  private byte[] pixels(LatentView view) {
    return view.use(
        (generator, ends) -> {
          float[] path =
              Interpolation.path(view.model().config().model(), ends[0], ends[1], request.steps());
          float[] inputs =
              OneHot.append(
                  path, generator.latentSize(), generator.classes(), point -> view.label());
          return Pixels.of(
              SampleChunks.generate(generator, inputs), view.model().config().model().pixelRange());
        });
  }
}
