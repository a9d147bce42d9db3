package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.data.LatentQuantizer;

/**
 * Compressed images: what is needed to read their codes, and how well they are compressed.
 *
 * @param weightsSha256 digest of the model that wrote the codes and can read them
 * @param quantizer the codes' levels
 * @param compared images that the methods were compared on
 * @param methods ways to store the images, the model's own first
 */
public record CompressionRecord(
    String weightsSha256, LatentQuantizer quantizer, long compared, List<Method> methods) {
  public CompressionRecord {
    methods = List.copyOf(methods);
  }

  /**
   * A way to store images.
   *
   * @param name for people
   * @param bitsPerPixel bits for each pixel of all channels, whole bytes an image
   * @param psnr peak signal-to-noise ratio in decibels, of the squared error's mean over all
   *     channel values, 0 to 255, of all images; infinite if nothing is lost
   */
  public record Method(String name, double bitsPerPixel, double psnr) {}

  /** Lines for a terminal, each with its line break. */
  public String text() {
    TextTable table = new TextTable().row("stored as", "bits per pixel", "PSNR, dB");
    for (Method method : methods) {
      table.row(
          method.name(),
          Format.decimals(method.bitsPerPixel(), 3),
          Double.isInfinite(method.psnr()) ? "lossless" : Format.decimals(method.psnr(), 2));
    }
    return table.text() + "\nCompared on %s.\n".formatted(Format.count(compared, "image"));
  }

  /** The text of a JSON file. */
  public String json() {
    ObjectNode object = Json.object();
    object.put("weightsSha256", weightsSha256);
    ArrayNode dimensions = object.putArray("dimensions");
    for (int i = 0; i < quantizer.size(); i++) {
      ObjectNode dimension = dimensions.addObject();
      dimension.put("lowest", quantizer.lowest(i));
      dimension.put("highest", quantizer.highest(i));
      dimension.put("step", quantizer.step(i));
    }
    object.put("bits", quantizer.bits());
    object.put("comparedImages", compared);
    ArrayNode list = object.putArray("methods");
    for (Method method : methods) {
      ObjectNode own = list.addObject();
      own.put("name", method.name());
      Json.put(own, "bitsPerPixel", method.bitsPerPixel());
      Json.put(own, "psnr", method.psnr());
    }
    return Json.pretty(object);
  }

  /**
   * Reads such a file.
   *
   * @param source its address, for messages
   * @throws JobException STORAGE if it is something else
   */
  public static CompressionRecord parse(String text, String source) {
    Json object = Json.parse(text, source);
    List<Json> dimensions = object.objects("dimensions");
    List<Method> methods =
        object.objects("methods").stream()
            .map(
                method ->
                    new Method(
                        method.text("name"),
                        method.number("bitsPerPixel"),
                        // What is infinite is written as null.
                        method.absent("psnr") ? Double.POSITIVE_INFINITY : method.number("psnr")))
            .toList();
    try {
      return new CompressionRecord(
          object.text("weightsSha256"),
          LatentQuantizer.of(
              numbers(dimensions, "lowest"),
              numbers(dimensions, "highest"),
              numbers(dimensions, "step")),
          object.wholeNumber("comparedImages"),
          methods);
    } catch (IllegalArgumentException e) {
      throw new JobException(
          ExitCode.STORAGE, "%s has impossible levels: %s".formatted(source, e.getMessage()), e);
    }
  }

  private static double[] numbers(List<Json> dimensions, String name) {
    return dimensions.stream().mapToDouble(dimension -> dimension.number(name)).toArray();
  }
}
