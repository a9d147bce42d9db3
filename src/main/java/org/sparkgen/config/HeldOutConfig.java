package org.sparkgen.config;

import java.util.Optional;

/**
 * Held-out examples, in the format and shape of the training examples.
 *
 * @param path file, folder or glob on any Hadoop file system
 * @param labels the label file of an IDX image file
 */
public record HeldOutConfig(
    @Doc("File, folder or glob, read like data.path.") String path,
    @Doc("Label file of an IDX image file.") Optional<String> labels) {}
