package org.sparkgen.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class TableWriterTest {
  private static final StructType SCHEMA =
      new StructType().add("class", DataTypes.StringType).add("image", DataTypes.BinaryType);

  @Test
  void picturesGetNoDictionaryAndWordsDo(SparkSession session, @TempDir Path folder)
      throws IOException {
    Row row = RowFactory.create("shoe", "the same in each row".getBytes(UTF_8));
    String uri = folder.resolve("table").toString();

    TableWriter.write(
        session.createDataFrame(List.of(row, row, row, row), SCHEMA).coalesce(1), uri);

    List<ColumnChunkMetaData> columns = columns(Path.of(uri));
    assertThat(columns).hasSize(2);
    for (ColumnChunkMetaData column : columns) {
      boolean words = column.getPath().toDotString().equals("class");
      assertThat(column.hasDictionaryPage()).as(column.toString()).isEqualTo(words);
    }
    assertThat(session.read().parquet(uri).count()).isEqualTo(4);
  }

  private static List<ColumnChunkMetaData> columns(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toString());
      try (ParquetFileReader reader =
          ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
        return reader.getFooter().getBlocks().get(0).getColumns();
      }
    }
  }
}
