package org.sparkgen.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.HeldOutConfig;
import org.sparkgen.config.ImageConfig;
import org.sparkgen.data.Pictures;

/** Data to load: the small Fashion-MNIST, and files that a test writes. */
final class TestData {
  private static final String FASHION = "datasets/fashion-mini/";

  private TestData() {}

  /** 1,600 examples of ten classes, and 400 held out. */
  static DataConfig fashion(int shards, String... excluded) {
    return new DataConfig(
        FASHION + "train-images-idx3-ubyte.gz",
        DataFormat.IDX,
        Optional.of(FASHION + "train-labels-idx1-ubyte.gz"),
        "image",
        Optional.empty(),
        shards,
        Optional.of(new ImageConfig(28, 28, 1, ImageConfig.Fit.CROP)),
        Optional.empty(),
        0.01,
        List.of(excluded),
        DataConfig.Binarization.NONE,
        Optional.of(
            new HeldOutConfig(
                FASHION + "t10k-images-idx3-ubyte.gz",
                Optional.of(FASHION + "t10k-labels-idx1-ubyte.gz"))));
  }

  /** A folder or pattern of pictures of 8 x 8, those held out in a folder beside it. */
  static DataConfig pictures(String path, Path heldOut, double maxRejectedFraction) {
    return new DataConfig(
        path,
        DataFormat.FOLDER,
        Optional.empty(),
        "image",
        Optional.empty(),
        3,
        Optional.of(new ImageConfig(8, 8, 1, ImageConfig.Fit.CROP)),
        Optional.empty(),
        maxRejectedFraction,
        List.of(),
        DataConfig.Binarization.NONE,
        Optional.of(new HeldOutConfig(heldOut.toString(), Optional.empty())));
  }

  /** Examples of 8 x 8 without some classes, none held out. */
  static DataConfig of(DataFormat format, String path, String... classes) {
    return new DataConfig(
        path,
        format,
        Optional.empty(),
        "image",
        Optional.empty(),
        3,
        Optional.of(new ImageConfig(8, 8, 1, ImageConfig.Fit.CROP)),
        Optional.empty(),
        0,
        List.of(classes),
        DataConfig.Binarization.NONE,
        Optional.empty());
  }

  /** Writes a picture of one colour. */
  static void picture(Path folder, String name, int rgb) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, Pictures.file(Pictures.plain(8, 8, rgb), "png"));
  }
}
