package org.sparkgen.config;

/**
 * What is written, and where.
 *
 * @param path folder on any Hadoop file system
 * @param samples images in the final sample grid and in {@code samples.parquet}
 * @param gridEvery rounds between sample grids; 0: none but the final one
 * @param checkpoints how often and how many
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
    @Doc("How often checkpoints are written and how many stay.") CheckpointConfig checkpoints) {}
