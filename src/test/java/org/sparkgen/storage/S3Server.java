package org.sparkgen.storage;

import static org.awaitility.Awaitility.await;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.iterable.S3Objects;
import com.amazonaws.services.s3.model.ListMultipartUploadsRequest;
import com.amazonaws.services.s3.model.S3ObjectSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * An S3 server (S3Proxy, in memory) in a process of its own on a free loopback port, with one
 * bucket, and one account that it lets in.
 */
public final class S3Server implements AutoCloseable {
  /** The account's name. */
  public static final String ACCESS_KEY = "AKIDSPARKGENTEST";

  /** The account's secret. */
  public static final String SECRET_KEY = "canary-0f7c3d5e91b24a68";

  private static final Path JAR = Path.of("target", "s3-server", "s3proxy.jar");
  private static final Path LOGS = Path.of("target", "children");
  private static final Pattern STARTED = Pattern.compile("Started .*\\{127\\.0\\.0\\.1:(\\d+)}");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Process process;
  private final Path log;
  private final int port;

  private S3Server(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.port = awaitPort();
  }

  /**
   * Starts a server.
   *
   * @param folder where its settings are written
   */
  public static S3Server start(Path folder) {
    try {
      Files.createDirectories(LOGS);
      Path properties = folder.resolve("s3proxy.properties");
      Files.write(
          properties,
          List.of(
              "s3proxy.endpoint=http://127.0.0.1:0",
              "s3proxy.authorization=aws-v2-or-v4",
              "s3proxy.identity=" + ACCESS_KEY,
              "s3proxy.credential=" + SECRET_KEY,
              // In memory. On a folder, names that others begin with can't be deleted.
              "jclouds.provider=transient",
              "jclouds.identity=unused",
              "jclouds.credential=unused"));
      Path log = Files.createTempFile(LOGS, "s3-server-", ".log");
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      Process process =
          new ProcessBuilder(
                  java, "-Xmx768m", "-jar", JAR.toString(), "--properties", properties.toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      S3Server server = new S3Server(process, log);
      server.client().createBucket(server.bucket());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int awaitPort() {
    await("start of the S3 server, see " + log)
        .atMost(PATIENCE)
        .until(() -> STARTED.matcher(Files.readString(log)).find() || !process.isAlive());
    try {
      String output = Files.readString(log);
      Matcher started = STARTED.matcher(output);
      if (!started.find()) {
        throw new IllegalStateException("the S3 server did not start:\n" + output);
      }
      return Integer.parseInt(started.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server's address. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /**
   * The bucket that is there. Every server's is called differently, for Hadoop keeps the clients of
   * a process by the names of their buckets.
   */
  public String bucket() {
    return "bucket-" + port;
  }

  /** What Hadoop has to know to get in. */
  public Map<String, String> settings() {
    return settings(endpoint());
  }

  /** The same, with another address for the server: that of something in between. */
  public static Map<String, String> settings(String endpoint) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("fs.s3a.endpoint", endpoint);
    settings.put("fs.s3a.path.style.access", "true");
    // The least that S3 takes; 64 MiB would be the default.
    settings.put("fs.s3a.multipart.size", "5M");
    settings.put("fs.s3a.multipart.threshold", "5M");
    settings.put("fs.s3a.connection.ssl.enabled", "false");
    settings.put("fs.s3a.access.key", ACCESS_KEY);
    settings.put("fs.s3a.secret.key", SECRET_KEY);
    // Whether a bucket is there is asked when a file system is opened; by default it is not.
    settings.put("fs.s3a.bucket.probe", "2");
    return settings;
  }

  /** Names and lengths of all objects whose names begin so. */
  public Map<String, Long> objects(String prefix) {
    Map<String, Long> objects = new TreeMap<>();
    StreamSupport.stream(S3Objects.withPrefix(client(), bucket(), prefix).spliterator(), false)
        .forEach((S3ObjectSummary object) -> objects.put(object.getKey(), object.getSize()));
    return objects;
  }

  /** How many uploads were begun, and neither completed nor given up. */
  public int pendingUploads() {
    return client()
        .listMultipartUploads(new ListMultipartUploadsRequest(bucket()))
        .getMultipartUploads()
        .size();
  }

  private AmazonS3 client() {
    return AmazonS3ClientBuilder.standard()
        .withEndpointConfiguration(new EndpointConfiguration(endpoint(), "us-east-1"))
        .withPathStyleAccessEnabled(true)
        .withCredentials(
            new AWSStaticCredentialsProvider(new BasicAWSCredentials(ACCESS_KEY, SECRET_KEY)))
        .build();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
