package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.job.MortalStorage.Death;
import org.sparkgen.nn.OnnxFile;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;

/** Exports of finished and running trainings, as ONNX Runtime sees them. */
@ExtendWith(LocalSpark.class)
class ExportJobTest {
  @TempDir private Path folder;

  private ExportResult export(RunConfig config) {
    return new ExportJob(Storage.open(), config.output().path(), target().toString()).run();
  }

  private Path target() {
    return folder.resolve("onnx");
  }

  private OnnxFile open(String file) throws IOException, OrtException {
    return new OnnxFile(Files.readAllBytes(target().resolve(file)));
  }

  @Test
  void aConditionalVaeSaysWhatItNeedsAndWhatItGives(SparkSession session)
      throws IOException, OrtException {
    RunConfig config =
        Trainings.vae(folder, Trainings.labelled(folder, "model.classes=3", "training.epochs=1"));
    TrainResult trained = Trainings.train(config);

    ExportResult result = export(config);

    assertThat(result)
        .isEqualTo(
            new ExportResult(
                target().toString(),
                List.of("encoder.onnx", "decoder.onnx"),
                1,
                trained.weightsSha256()));
    try (OnnxFile encoder = open("encoder.onnx");
        OnnxFile decoder = open("decoder.onnx")) {
      assertThat(encoder.inputs()).containsExactly(Map.entry("example", "[-1, 1, 8, 8]"));
      assertThat(encoder.outputs())
          .containsExactly(Map.entry("mean", "[-1, 4]"), Map.entry("logVariance", "[-1, 4]"));
      assertThat(decoder.inputs())
          .containsExactly(Map.entry("latent", "[-1, 4]"), Map.entry("class", "[-1, 3]"));
      assertThat(decoder.outputs()).containsExactly(Map.entry("example", "[-1, 1, 8, 8]"));
      assertThat(decoder.metadata()).isEqualTo(encoder.metadata());
      assertThat(decoder.metadata())
          .containsEntry("family", "vae")
          .containsEntry("exampleShape", "[1, 8, 8]")
          .containsEntry("pixelRange", "[0, 1]")
          .containsEntry("classes", "3")
          .containsEntry("prior", "normal")
          .containsEntry("round", "1")
          .containsEntry("weightsSha256", trained.weightsSha256())
          .containsKeys("sparkgen", "latent", "likelihood", "classNames", "binarize")
          .doesNotContainKeys("shift", "scale");
      assertThat(decoder.description())
          .isEqualTo("The decoder of small, a model of family vae, as of round 1");
    }
  }

  @Test
  void theFilesComputeWhatTheStockNetworksDo(SparkSession session)
      throws IOException, OrtException {
    RunConfig config = Trainings.vaeGan(folder, "training.epochs=1");
    Trainings.train(config);
    export(config);
    INDArray images = Nd4j.rand(DataType.FLOAT, 6, 64).muli(2).subi(1);
    INDArray latents = Nd4j.randn(DataType.FLOAT, 6, 4);
    Path artifacts = Path.of(config.output().path(), "artifacts");

    assertThat(output("decoder", "latent", latents, "example"))
        .containsExactly(stock(artifacts.resolve("decoder.zip"), latents, 64), within(1e-4f));
    assertThat(output("encoder", "example", images.reshape(6, 1, 8, 8), "mean"))
        .containsExactly(stock(artifacts.resolve("encoder.zip"), images, 4), within(1e-4f));
    assertThat(output("discriminator", "example", images.reshape(6, 1, 8, 8), "score"))
        .containsExactly(stock(artifacts.resolve("discriminator.zip"), images, 1), within(1e-4f));
  }

  private float[] output(String net, String input, INDArray values, String output)
      throws IOException, OrtException {
    try (OnnxFile file = open(net + ".onnx")) {
      return file.run(Map.of(input, values)).get(output);
    }
  }

  /** The first columns of what a published Deeplearning4j network gives. */
  private static float[] stock(Path zip, INDArray input, int columns) throws IOException {
    return ModelSerializer.restoreMultiLayerNetwork(zip.toFile())
        .output(input)
        .get(NDArrayIndex.all(), NDArrayIndex.interval(0, columns))
        .dup('c')
        .reshape(input.size(0) * columns)
        .toFloatVector();
  }

  @Test
  void aRunningTrainingIsExportedFromItsNewestCheckpoint(SparkSession session)
      throws IOException, OrtException {
    RunConfig config = Trainings.gan(folder);
    Storage mortal = new MortalStorage(Death.AFTER, "round-000002/manifest.json");
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> Trainings.train(config, mortal))
        .withMessage(MortalStorage.MESSAGE);

    ExportResult result = export(config);

    assertThat(result.round()).isEqualTo(2);
    try (OnnxFile generator = open("generator.onnx")) {
      assertThat(generator.metadata())
          .containsEntry("round", "2")
          .containsEntry("pixelRange", "[-1, 1]")
          .containsEntry(
              "weightsSha256", Trainings.newest(config.output().path()).snapshot().weightsSha256());
    }
  }

  @Test
  void rowsComeWithTheirScaling(SparkSession session) throws IOException, OrtException {
    RunConfig config = Trainings.rows(folder);
    Trainings.train(config);
    export(config);
    try (OnnxFile encoder = open("encoder.onnx")) {
      assertThat(encoder.metadata())
          .containsEntry("exampleShape", "[5]")
          .containsKeys("shift", "scale")
          .doesNotContainKeys("pixelRange", "prior");
      assertThat(encoder.metadata().get("shift").split(",")).hasSize(5);
      assertThat(encoder.run(Map.of("example", Nd4j.zeros(DataType.FLOAT, 7, 5))).get("latent"))
          .as("two numbers for each of seven rows")
          .hasSize(14);
    }
  }

  @Test
  void whatIsInTheTargetIsNeverMixedWithAnExport(SparkSession session) throws IOException {
    RunConfig config = Trainings.classifier(folder, "training.epochs=1");
    Trainings.train(config);
    export(config);
    Path again = folder.resolve("again");
    new ExportJob(Storage.open(), config.output().path(), again.toString()).run();
    byte[] before = Files.readAllBytes(target().resolve("classifier.onnx"));

    assertThat(again.resolve("classifier.onnx"))
        .as("the same model is the same file")
        .hasBinaryContent(before);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> export(config))
        .withMessage("%s is not empty: name a new folder with --to, or empty this one", target())
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
    assertThat(target().resolve("classifier.onnx")).hasBinaryContent(before);
  }
}
