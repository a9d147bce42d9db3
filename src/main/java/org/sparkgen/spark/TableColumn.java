package org.sparkgen.spark;

import org.apache.spark.sql.types.StructField;

/**
 * A column that a table gets.
 *
 * @param field its name, type and metadata
 * @param function whose first column it is
 */
public record TableColumn(StructField field, ExampleFunction function) {}
