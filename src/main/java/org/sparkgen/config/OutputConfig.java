package org.sparkgen.config;

import java.util.Optional;

/**
 * What is written, and where.
 *
 * @param path folder on any Hadoop file system
 * @param samples images in the final sample grid and in {@code samples.parquet}
 * @param gridEvery rounds between sample grids; 0: none but the final one
 * @param checkpoints how often and how many
 * @param events whether TensorBoard's event files are written
 * @param mlflow the MLflow server that is told of the run
 */
public record OutputConfig(
    @Doc("Folder on any Hadoop path. The same command again resumes or says 'already complete'.")
        String path,
    @Doc("Images in the final sample grid and in samples.parquet.")
        @Default("64")
        @Within(min = 0, max = 100_000_000)
        int samples,
    @Doc("Rounds between sample grids during training; 0: only the final one.")
        @Default("1")
        @Within(min = 0)
        int gridEvery,
    @Doc("How often checkpoints are written and how many stay.") CheckpointConfig checkpoints,
    @Doc("Event files for TensorBoard, in the folder events; the step is the round.")
        @Default("false")
        boolean events,
    @Doc("The MLflow server that is told of the run; it can neither fail nor delay a round.")
        Optional<MlflowConfig> mlflow) {}
