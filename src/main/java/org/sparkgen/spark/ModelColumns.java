package org.sparkgen.spark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.sparkgen.averaging.Snapshot;
import org.sparkgen.config.DataConfig;
import org.sparkgen.config.RunConfig;
import org.sparkgen.data.FeatureScaling;
import org.sparkgen.training.RunModels;

/**
 * Adds to a table what a trained model says of the examples in one of its columns. What is said of
 * an example has the same bits whatever it is read together with, and the same as in a {@link
 * ModelTable} of the same examples.
 */
public final class ModelColumns {
  private final RunConfig config;
  private final String configuration;
  private final Snapshot snapshot;
  private final FeatureScaling scaling;

  /**
   * The columns of a model.
   *
   * @param configuration effective configuration, as text, of the run that trained it
   * @param scaling that its rows were scaled by
   */
  public ModelColumns(String configuration, Snapshot snapshot, FeatureScaling scaling) {
    this.config = RunModels.parse(configuration);
    this.configuration = configuration;
    this.snapshot = snapshot;
    this.scaling = scaling;
  }

  /**
   * The table with further columns behind its own; nothing is computed yet. Spark frees what it
   * keeps of the model when the table is no longer in use.
   *
   * @param input columns that the table has, of types that they may have
   */
  public Dataset<Row> addTo(Dataset<Row> table, TableInput input, List<TableColumn> added) {
    StructType schema = table.schema();
    StructType wider = schema;
    for (TableColumn column : added) {
      wider = wider.add(column.field());
    }
    Work work =
        new Work(
            model(table),
            cells(schema, input),
            scaling,
            ExampleChunk.capacity(config.data().shape().size()),
            added.stream().map(TableColumn::function).toArray(ExampleFunction[]::new));
    return withMetadata(table.mapPartitions(work, Encoders.row(wider)), wider);
  }

  private ModelBroadcast model(Dataset<Row> table) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    return new ModelBroadcast(context, configuration, snapshot);
  }

  private RowCells cells(StructType schema, TableInput input) {
    DataConfig data = config.data();
    CellKind kind = CellKind.of(schema.apply(input.column()).dataType()).orElseThrow();
    return new RowCells(
        new ExampleRows.RowReader(
            CellDecoder.of(kind, data, input.labelColumn()), input.idColumn().isPresent()),
        schema.fieldIndex(input.column()),
        input.labelColumn().map(schema::fieldIndex).orElse(RowCells.NONE),
        input.idColumn().map(schema::fieldIndex).orElse(RowCells.NONE),
        config.model().classes(),
        input.unreadable());
  }

  /** The metadata of the columns, of which Spark's encoder keeps nothing. */
  private static Dataset<Row> withMetadata(Dataset<Row> table, StructType schema) {
    Column[] columns = new Column[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      StructField field = schema.fields()[i];
      columns[i] = ExampleTable.column(field.name()).as(field.name(), field.metadata());
    }
    return table.select(columns);
  }

  /** What a task does. */
  private static final class Work implements MapPartitionsFunction<Row, Row>, Serializable {
    private static final long serialVersionUID = 1L;

    private final ModelBroadcast model;
    private final RowCells cells;
    private final FeatureScaling scaling;
    private final int capacity;
    private final ExampleFunction[] functions;

    Work(
        ModelBroadcast model,
        RowCells cells,
        FeatureScaling scaling,
        int capacity,
        ExampleFunction[] functions) {
      this.model = model;
      this.cells = cells;
      this.scaling = scaling;
      this.capacity = capacity;
      this.functions = functions;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      RunConfig config = model.config();
      return Groups.of(rows, capacity * FunctionPass.BLOCKS)
          .flatMap(group -> widened(new RowGroup(group, cells), config).stream())
          .iterator();
    }

    private List<Row> widened(RowGroup group, RunConfig config) {
      return model.use(
          trained ->
              group.widened(
                  functions.length,
                  FunctionPass.values(
                      trained,
                      config,
                      group.blocks(capacity).stream().map(scaling::apply).toList(),
                      new FunctionsTogether(functions))));
    }
  }
}
