package org.sparkgen.report;

/**
 * A file that a run leaves behind.
 *
 * @param name what it is, such as {@code decoder}
 * @param path where it is, relative to the output folder or absolute
 * @param bytes its length
 * @param sha256 its digest, 64 hexadecimal digits
 */
public record Artifact(String name, String path, long bytes, String sha256) {}
