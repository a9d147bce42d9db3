package org.sparkgen.job;

import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparkgen.storage.S3Server;

/** How a training is submitted that reads and writes S3, as users of S3 do. */
final class S3Submission {
  /** Where S3 users keep secrets. */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);

  private S3Submission() {}

  /** Options of spark-submit that tell all but the secrets. */
  static List<String> options(String endpoint) {
    Map<String, String> settings = new TreeMap<>(S3Server.settings(endpoint));
    settings.keySet().removeIf(key -> key.endsWith(".key"));
    String[] told = settings.entrySet().stream().map(Object::toString).toArray(String[]::new);
    return Stream.concat(
            Stream.of("--jars", connector()), ChildJvm.settings("spark.hadoop.", told).stream())
        .toList();
  }

  /** The jars of Hadoop's S3 client, which clusters may lack, separated by commas. */
  private static String connector() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.matches(".*/(hadoop-aws|aws-java-sdk-bundle)-[0-9.]+\\.jar"))
        .collect(Collectors.joining(","));
  }
}
