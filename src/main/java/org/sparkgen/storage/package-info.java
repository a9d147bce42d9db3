/**
 * The only door to Hadoop's file systems, and the one place that knows how they differ: S3 has no
 * atomic rename and no real directories, HDFS and local disks have both. Everyone who reads or
 * writes a path goes through here.
 */
package org.sparkgen.storage;
