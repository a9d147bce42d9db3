package org.sparkgen.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.job.ChildJvm;
import org.sparkgen.spark.LocalSpark;

/** A pipeline that another process loads: Spark's jars, the application jar, nothing in memory. */
@ExtendWith(LocalSpark.class)
class SavedPipelineIT {
  @TempDir private Path folder;

  @Test
  void saysTheSameInAnotherProcess(SparkSession session) throws IOException {
    Dataset<Row> rows = Tables.numbers(session);
    String table = folder.resolve("rows.parquet").toString();
    rows.write().parquet(table);
    PipelineModel fitted =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new VectorAssembler()
                      .setInputCols(new String[] {"a", "b", "c"})
                      .setOutputCol("features"),
                  Tables.ofRows("features").setScoreCol("score").setReconstructionCol("made"),
                  new KMeans().setK(2).setSeed(1).setFeaturesCol("latent")
                })
            .fit(rows);
    String pipeline = folder.resolve("pipeline").toString();
    fitted.save(pipeline);
    String result = folder.resolve("result.parquet").toString();

    ChildJvm child =
        ChildJvm.withApplication(
            "saved-pipeline", SavedPipeline.class.getName(), List.of(pipeline, table, result));

    assertThat(child.exitCode()).as(child.output()).isZero();
    assertThat(session.read().parquet(result).orderBy("number").collectAsList())
        .isEqualTo(fitted.transform(rows).orderBy("number").collectAsList());
  }
}
