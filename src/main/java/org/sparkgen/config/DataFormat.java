package org.sparkgen.config;

/** How the bytes at a data path are read. */
public enum DataFormat {
  /** IDX image file of MNIST and its relatives, plain or gzip, with an optional label file. */
  IDX,
  /** Folder or glob of PNG, JPEG, BMP and GIF files; the class is the name of the parent folder. */
  FOLDER,
  /** CIFAR-10 binary batches: a label byte and 3,072 pixel bytes a record. */
  CIFAR10,
  /** Parquet with encoded image bytes, Spark's image struct, or a numeric vector column. */
  PARQUET,
  /** CSV with a header and one numeric row per example. */
  CSV
}
