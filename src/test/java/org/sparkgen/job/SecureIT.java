package org.sparkgen.job;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.alias.CredentialProvider;
import org.apache.hadoop.security.alias.CredentialProviderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.config.ConfigText;
import org.sparkgen.storage.S3Server;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/**
 * A whole run under conf/secure.conf, on a cluster whose processes must prove who they are, with S3
 * secrets from a credential file; and then a search for the secrets in everything that is left.
 */
@Tag("slow")
class SecureIT {
  private static final String CLUSTER_SECRET = "canary-5be1f0c27a9d4e83";
  private static final List<String> SECRETS = List.of("canary-", S3Server.ACCESS_KEY);

  @TempDir private Path folder;
  private final List<ChildJvm> children = new ArrayList<>();

  @AfterEach
  void killWhatIsLeft() {
    children.forEach(ChildJvm::kill);
  }

  @Test
  void nothingThatIsLeftTellsASecret() throws IOException {
    Path secured = secured("cluster", CLUSTER_SECRET);
    try (S3Server s3 = S3Server.start(folder);
        StandaloneCluster cluster =
            new StandaloneCluster("secure", folder, 1, "--properties-file", secured.toString())) {
      Storage storage = Storage.open(s3.settings());
      Trainings.vae(folder);
      String bucket = "s3a://" + s3.bucket();
      for (String data : List.of("train.idx", "heldout.idx")) {
        storage.publish(bucket + "/" + data, Files.readAllBytes(folder.resolve(data)));
      }
      ChildJvm training = submit(secured, s3, cluster, bucket);

      assertThat(training.exitCode()).as(training.output()).isZero();
      assertThat(training.lastLine()).startsWith("RESULT status=complete code=0");
      List<Searched> everything = new ArrayList<>();
      everything.add(new Searched("the driver's output", training.output()));
      for (StorageEntry file : storage.listFiles(bucket)) {
        everything.add(
            new Searched(file.uri(), new String(storage.readBytes(file.uri()), ISO_8859_1)));
      }
      everything.addAll(filesBut(secured));
      assertThat(everything)
          .extracting(Searched::name)
          .anyMatch(name -> name.contains("/events/"))
          .anyMatch(name -> name.matches(".*/worker[12]/.*/stderr"))
          .anyMatch(name -> name.endsWith("report.html"))
          .anyMatch(name -> name.endsWith("manifest.json"));
      assertThat(everything)
          .allSatisfy(
              searched ->
                  assertThat(SECRETS.stream().filter(searched.content()::contains))
                      .as(searched.name())
                      .isEmpty());
    }
  }

  @Test
  void whoDoesNotKnowTheSecretGetsNothing() throws IOException {
    Path secured = secured("cluster", CLUSTER_SECRET);
    try (S3Server s3 = S3Server.start(folder);
        StandaloneCluster cluster =
            new StandaloneCluster("closed", folder, 1, "--properties-file", secured.toString())) {
      ChildJvm stranger = submit(secured("stranger", "another"), s3, cluster, folder.toString());

      assertThat(stranger.exitCode()).as(stranger.output()).isNotZero();
      assertThat(stranger.lastLine()).startsWith("RESULT status=failed code=");
      assertThat(stranger.output()).doesNotContain("round 1/3");
      assertThat(folder.resolve("run/checkpoints")).doesNotExist();
    }
  }

  /** Something that must not hold a secret. */
  private record Searched(String name, String content) {}

  private Path secured(String name, String secret) throws IOException {
    Path file = folder.resolve(name + ".conf");
    Files.writeString(
        file,
        Files.readString(Path.of("conf", "secure.conf"))
            + "\nspark.authenticate.secret "
            + secret
            + "\n");
    return file;
  }

  private List<Searched> filesBut(Path secured) throws IOException {
    List<Searched> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // What holds secrets by its nature: the cluster's and the S3 server's own settings.
        if (!file.equals(secured) && !file.endsWith("s3proxy.properties")) {
          found.add(new Searched(file.toString(), Files.readString(file, ISO_8859_1)));
        }
      }
    }
    return found;
  }

  private ChildJvm submit(Path secured, S3Server s3, StandaloneCluster cluster, String bucket)
      throws IOException {
    Path config = folder.resolve("small.conf");
    Files.writeString(
        config, ConfigText.render(Trainings.vae(folder)).replace(folder.toString(), bucket));
    Path events = Files.createDirectories(folder.resolve("events"));
    List<String> options = new ArrayList<>(List.of("--master", cluster.master()));
    options.addAll(List.of("--properties-file", secured.toString()));
    options.addAll(List.of("--executor-memory", "512m", "--executor-cores", "1"));
    options.addAll(S3Submission.options(s3.endpoint()));
    options.addAll(
        ChildJvm.settings(
            "spark.",
            "hadoop.hadoop.security.credential.provider.path=" + credentials(),
            "eventLog.enabled=true",
            "eventLog.compress=false",
            "eventLog.dir=" + events.toUri()));
    ChildJvm training =
        ChildJvm.submitTraining("secure-training", options, List.of(config.toString()));
    children.add(training);
    return training;
  }

  /** A keystore with the secrets of S3, whose address is no secret. */
  private String credentials() throws IOException {
    String address = "jceks://file" + folder.resolve("s3.jceks");
    Configuration configuration = new Configuration();
    configuration.set(CredentialProviderFactory.CREDENTIAL_PROVIDER_PATH, address);
    CredentialProvider provider = CredentialProviderFactory.getProviders(configuration).get(0);
    provider.createCredentialEntry("fs.s3a.access.key", S3Server.ACCESS_KEY.toCharArray());
    provider.createCredentialEntry("fs.s3a.secret.key", S3Server.SECRET_KEY.toCharArray());
    provider.flush();
    return address;
  }
}
