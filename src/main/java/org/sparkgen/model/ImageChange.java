package org.sparkgen.model;

import java.util.Arrays;
import org.sparkgen.config.ImageShape;

/**
 * A differentiable change of one image of {@code [C,H,W]} numbers that begin somewhere in an array,
 * in place (Zhao et al. 2020). Places that nothing is moved to have the value 0.
 */
sealed interface ImageChange {
  /** Changes the image. */
  void apply(double[] values, int at);

  /** Turns the gradient of an objective in the changed image into the one in the image. */
  void backward(double[] error, int at);

  /**
   * Brightness, then saturation, then contrast.
   *
   * @param brightness is added
   * @param saturation multiplies the distance of a pixel's channels from their mean
   * @param contrast multiplies the distance from the image's mean
   */
  record Color(ImageShape shape, double brightness, double saturation, double contrast)
      implements ImageChange {
    @Override
    public void apply(double[] values, int at) {
      for (int i = at; i < at + shape.size(); i++) {
        values[i] += brightness;
      }
      scale(values, at);
    }

    private void scale(double[] values, int at) {
      int pixels = shape.height() * shape.width();
      for (int pixel = at; pixel < at + pixels && shape.channels() > 1; pixel++) {
        stretch(values, pixel, shape.channels(), pixels, saturation);
      }
      stretch(values, at, shape.size(), 1, contrast);
    }

    /** Symmetric, and so its own adjoint. */
    private static void stretch(double[] values, int at, int count, int apart, double factor) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += values[at + i * apart];
      }
      double rest = (1 - factor) * sum / count;
      for (int i = 0; i < count; i++) {
        values[at + i * apart] = factor * values[at + i * apart] + rest;
      }
    }

    /** The two scalings may be exchanged: each leaves the other's means alone. */
    @Override
    public void backward(double[] error, int at) {
      scale(error, at);
    }
  }

  /**
   * A shift.
   *
   * @param down rows, negative for up
   * @param right columns, negative for left
   */
  record Translation(ImageShape shape, int down, int right) implements ImageChange {
    @Override
    public void apply(double[] values, int at) {
      shift(values, at, down, right);
    }

    @Override
    public void backward(double[] error, int at) {
      shift(error, at, -down, -right);
    }

    private void shift(double[] values, int at, int rows, int columns) {
      int height = shape.height();
      int width = shape.width();
      double[] before = Arrays.copyOfRange(values, at, at + shape.size());
      Arrays.fill(values, at, at + shape.size(), 0);
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int row = Math.max(0, rows); row < Math.min(height, height + rows); row++) {
          System.arraycopy(
              before,
              (channel * height + row - rows) * width + Math.max(0, -columns),
              values,
              at + (channel * height + row) * width + Math.max(0, columns),
              width - Math.abs(columns));
        }
      }
    }
  }

  /**
   * A rectangle with the value 0, which may reach over the edge.
   *
   * @param top first row, may be negative
   * @param left first column, may be negative
   * @param rows height
   * @param columns width
   */
  record Cutout(ImageShape shape, int top, int left, int rows, int columns) implements ImageChange {
    @Override
    public void apply(double[] values, int at) {
      int from = Math.max(0, left);
      int to = Math.min(shape.width(), left + columns);
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int row = Math.max(0, top); row < Math.min(shape.height(), top + rows); row++) {
          int start = at + (channel * shape.height() + row) * shape.width();
          Arrays.fill(values, start + from, start + to, 0);
        }
      }
    }

    @Override
    public void backward(double[] error, int at) {
      apply(error, at);
    }
  }
}
