package org.sparkgen.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageFailure;

/**
 * Who writes into an output folder: the driver whose random token is in {@code lease.json}.
 *
 * <p>Nobody can tell a killed driver from a slow one, and a killed one must be restartable at once
 * and by anyone. So the last driver to start takes the lease, and the one before finds its token
 * gone when it checks, which it does right before everything that counts: each manifest, {@code
 * run.json}, {@code _SUCCESS}, each deletion. It stops there.
 *
 * <p>What that promises, on HDFS, local disks and S3 alike (S3 answers every read with the newest
 * write): from the moment a takeover is written, the older driver begins no further commit. What it
 * does not: check and commit are two requests, so a commit that had passed its check still lands.
 * That is harmless, because a commit is one complete file: the straggler's manifest is a complete
 * checkpoint of a state that its configuration leads to, and readers of another configuration pass
 * over it. On S3A 3.3.4 two drivers that start in the same moment may both be told that they
 * created the lease; the later write stays, and the other driver stops at its next check.
 */
final class Lease {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Storage storage;
  private final String uri;
  private final String token;

  private Lease(Storage storage, String uri, String token) {
    this.storage = storage;
    this.uri = uri;
    this.token = token;
  }

  /** Takes the folder's lease, from another driver if need be. */
  static Lease take(Storage storage, String runUri) {
    String uri = Storage.resolve(runUri, OutputNames.LEASE);
    String token = UUID.randomUUID().toString();
    ObjectNode content = MAPPER.createObjectNode();
    content.put("token", token);
    content.put("startedAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    content.put("process", ProcessHandle.current().pid());
    byte[] bytes = content.toPrettyString().getBytes(StandardCharsets.UTF_8);
    if (!storage.claim(uri, bytes)) {
      LOG.warn(
          "Taking {} over from {}, which was killed or will stop", runUri, owner(storage, uri));
      storage.publish(uri, bytes);
    }
    Lease lease = new Lease(storage, uri, token);
    lease.check();
    return lease;
  }

  /**
   * Fails unless this driver still is the owner.
   *
   * @throws JobException STORAGE, naming the new owner
   */
  void check() {
    JsonNode content = read(storage, uri);
    if (content.path("token").asText().equals(token)) {
      return;
    }
    String message =
        content.isMissingNode()
            ? "%s is gone: someone deleted it or the output folder while this driver was running."
                    .formatted(uri)
                + " This driver stops before it writes anything more; run the same command again."
            : "%s: another driver (%s) took over. This driver stops before it writes anything more;"
                    .formatted(uri, describe(content))
                + " let the other one finish, and start only one driver for an output.";
    throw new JobException(ExitCode.STORAGE, message, new Occupancy.Lost(message));
  }

  /** Gives the lease up. */
  void release() {
    check();
    storage.delete(uri);
  }

  private static String owner(Storage storage, String uri) {
    return "the driver (" + describe(read(storage, uri)) + ")";
  }

  private static String describe(JsonNode content) {
    return "token %s, started at %s"
        .formatted(
            content.path("token").asText("unknown"), content.path("startedAt").asText("unknown"));
  }

  /** A killed driver can leave half a lease: nobody's then. Missing node: there is no lease. */
  private static JsonNode read(Storage storage, String uri) {
    try {
      return MAPPER.readTree(storage.readBytes(uri));
    } catch (IOException e) {
      return MAPPER.createObjectNode();
    } catch (JobException e) {
      if (StorageFailure.of(e) == StorageFailure.MISSING) {
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
      }
      throw e;
    }
  }
}
