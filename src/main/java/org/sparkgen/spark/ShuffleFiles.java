package org.sparkgen.spark;

import org.apache.spark.Dependency;
import org.apache.spark.ShuffleDependency;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.collection.JavaConverters;

/** Removes shuffle files when they are no longer needed, rather than at some garbage collection. */
final class ShuffleFiles {
  private ShuffleFiles() {}

  /**
   * Removes the files of a shuffle that will not be read again.
   *
   * <p>Spark's call removes those of all ancestors down to the first persisted ones as well. Where
   * the source would lose a shuffle of its own by that, nothing is done, and the files stay until
   * Spark collects the garbage.
   *
   * @param shuffled what came out of the shuffle
   * @param source what went in, and stays in use
   */
  static void remove(RDD<?> shuffled, RDD<?> source) {
    if (keepsItsShuffles(source)) {
      shuffled.cleanShuffleDependencies(false);
    }
  }

  private static boolean keepsItsShuffles(RDD<?> rdd) {
    return !rdd.getStorageLevel().equals(StorageLevel.NONE())
        || JavaConverters.seqAsJavaList(rdd.dependencies()).stream()
            .allMatch(ShuffleFiles::keepsItsShuffles);
  }

  private static boolean keepsItsShuffles(Dependency<?> dependency) {
    return !(dependency instanceof ShuffleDependency) && keepsItsShuffles(dependency.rdd());
  }
}
