package org.sparkgen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.DataFormat;
import org.sparkgen.config.ImageConfig;
import org.sparkgen.data.ExampleBlock;

@ExtendWith(LocalSpark.class)
class ExampleShardsTest {
  private static final String FASHION = "datasets/fashion-mini/";

  private static DataConfig idx(String images, String labels, int shards) {
    return new DataConfig(
        images,
        DataFormat.IDX,
        Optional.of(labels),
        "image",
        Optional.empty(),
        shards,
        Optional.of(new ImageConfig(28, 28, 1, ImageConfig.Fit.CROP)),
        Optional.empty(),
        0.01,
        Optional.empty());
  }

  @Test
  void loadsTheSmallFashionSet(SparkSession session) {
    DataConfig data =
        idx(FASHION + "train-images-idx3-ubyte.gz", FASHION + "train-labels-idx1-ubyte.gz", 4);

    try (ExampleShards shards = ExampleShards.load(session, data)) {
      assertThat(shards.accepted()).isEqualTo(1600);
      assertThat(shards.rejected()).isZero();
      List<List<ExampleBlock>> blocks = shards.blocks().collect();
      assertThat(blocks).hasSize(4);
      assertThat(blocks.stream().mapToLong(b -> b.stream().mapToLong(ExampleBlock::count).sum()))
          .containsExactly(LongStream.of(shards.counts()).boxed().toArray(Long[]::new));
      assertThat(LongStream.of(shards.counts())).allMatch(n -> n > 330 && n < 470);
    }
  }
}
