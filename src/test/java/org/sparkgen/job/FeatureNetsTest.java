package org.sparkgen.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgen.checkpoint.Occupancy;
import org.sparkgen.config.ExitCode;
import org.sparkgen.config.JobException;
import org.sparkgen.config.RunConfig;
import org.sparkgen.evaluation.FeatureFacts;
import org.sparkgen.job.MortalStorage.Death;
import org.sparkgen.spark.LocalSpark;
import org.sparkgen.storage.Storage;
import org.sparkgen.storage.StorageEntry;

/** The classifier of {@code evaluation.features}: found, finished, waited for, or trained. */
@ExtendWith(LocalSpark.class)
class FeatureNetsTest {
  /** How often a silent driver is looked at. */
  private static final int LOOKS = (int) (Occupancy.SILENCE.toSeconds() / 5);

  private final Storage storage = Storage.open();
  private final AtomicInteger pauses = new AtomicInteger();
  @TempDir private Path folder;
  private String features;

  @BeforeEach
  void name() {
    features = folder.resolve("features").toString();
  }

  private RunConfig run(String... overrides) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "evaluation.samples=30",
                "evaluation.features.path=" + features,
                "evaluation.features.epochs=2"));
    all.addAll(List.of(overrides));
    return Trainings.gan(folder, Trainings.labelled(folder, all.toArray(String[]::new)));
  }

  private FeatureFacts open(
      SparkSession session, RunConfig config, Storage through, Runnable... meanwhile) {
    Colleague colleague =
        new Colleague(
            storage,
            time -> {
              int pause = pauses.getAndIncrement();
              if (pause < meanwhile.length) {
                meanwhile[pause].run();
              }
            });
    try (TrainingData data = TrainingData.load(session, config)) {
      return new FeatureNets(through, config, colleague).open(data).facts();
    }
  }

  private TrainResult classifier(String output) {
    return Trainings.train(Trainings.classifier(folder, "output.path=" + output));
  }

  private void killed(String output, Death death, String ending) {
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(
            () ->
                Trainings.train(
                    Trainings.classifier(folder, "output.path=" + output),
                    new MortalStorage(death, ending)))
        .withMessage(MortalStorage.MESSAGE);
  }

  private void copy(String from, String to) {
    for (StorageEntry file : storage.listFiles(from)) {
      storage.publish(to + "/" + file.name(), storage.readBytes(file.uri()));
    }
  }

  @Test
  void anUnfinishedClassifierIsFinishedWhereItIsNow(SparkSession session) throws IOException {
    String before = folder.resolve("before").toString();
    killed(before, Death.AFTER, "round-000001/manifest.json");
    Files.move(Path.of(before), Path.of(features));

    FeatureFacts facts = open(session, run(), storage);

    assertThat(Path.of(features, "_SUCCESS")).exists();
    assertThat(Path.of(before)).doesNotExist();
    TrainResult finished = PastRun.of(storage, features).trainResult();
    assertThat(finished.rounds()).as("as its own configuration says").isEqualTo(3);
    assertThat(facts.sha256()).isEqualTo(finished.weightsSha256());
    assertThat(pauses).as("the killed driver is given time first").hasValue(LOOKS);
  }

  @Test
  void aClassifierKilledBeforeItsFirstCheckpointBlocksNobody(SparkSession session) {
    killed(features, Death.BEFORE, "round-000001/manifest.json");

    open(session, run("evaluation.features.epochs=7"), storage);

    assertThat(PastRun.of(storage, features).trainResult().rounds()).isEqualTo(3);
  }

  @Test
  void aClassifierInTrainingIsWaitedFor(SparkSession session) {
    TrainResult elsewhere = classifier(folder.resolve("elsewhere").toString());
    killed(features, Death.AFTER, "round-000001/manifest.json");
    String lease = storage.readText(features + "/lease.json");
    Runnable[] meanwhile = new Runnable[2 * LOOKS];
    for (int i = 0; i < meanwhile.length; i++) {
      String beat = Integer.toString(i / 2);
      meanwhile[i] = () -> storage.publish(features + "/heartbeat.json", beat);
    }
    meanwhile[meanwhile.length - 1] =
        () -> {
          assertThat(storage.readText(features + "/lease.json")).isEqualTo(lease);
          copy(elsewhere.output(), features);
          storage.delete(features + "/lease.json");
        };

    FeatureFacts facts = open(session, run(), storage, meanwhile);

    assertThat(pauses).hasValue(meanwhile.length);
    assertThat(facts.sha256()).isEqualTo(elsewhere.weightsSha256());
    assertThat(facts.path()).isEqualTo(features);
  }

  @Test
  void aClassifierThatAnotherDriverTakesOverIsWaitedFor(SparkSession session) {
    TrainResult elsewhere = classifier(folder.resolve("elsewhere").toString());
    Storage overtaken =
        storageThat(
            "round-000001/manifest.json",
            () -> storage.publish(features + "/lease.json", "{\"token\": \"another\"}"));

    FeatureFacts facts =
        open(
            session,
            run(),
            overtaken,
            () -> {
              storage.delete(features);
              copy(elsewhere.output(), features);
            });

    assertThat(pauses).hasValue(1);
    assertThat(facts.sha256()).isEqualTo(elsewhere.weightsSha256());
  }

  /** The true storage, and something that happens right after a publication. */
  private Storage storageThat(String ending, Runnable then) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(storage, arguments);
                if (method.getName().equals("publish")
                    && arguments[0].toString().endsWith(ending)) {
                  then.run();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aClassifierOfOtherClassesIsRefused(SparkSession session) {
    Path pets = Trainings.classFolders(folder.resolve("pets"), "cat", "dog");
    Path fruits = Trainings.classFolders(folder.resolve("fruits"), "apple", "pear");
    open(session, ofFolders(pets), storage);

    assertThat(open(session, ofFolders(pets), storage).path()).isEqualTo(features);
    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> open(session, ofFolders(fruits), storage))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageContaining(
            "holds a classifier of the classes [cat, dog], but those of data.path = %s are [apple, pear]"
                .formatted(fruits));
  }

  private RunConfig ofFolders(Path examples) {
    return Trainings.gan(
        folder,
        "data.format=folder",
        "data.path=" + examples,
        "data.heldOut=null",
        "model.classes=2",
        "evaluation.every=0",
        "evaluation.samples=30",
        "evaluation.features.path=" + features,
        "evaluation.features.epochs=1");
  }

  @Test
  void aFailureOfItsTrainingIsToldAsThat(SparkSession session) throws IOException {
    Files.createDirectories(Path.of(features));
    Files.writeString(Path.of(features, "notes.txt"), "mine");

    assertThatExceptionOfType(JobException.class)
        .isThrownBy(() -> open(session, run(), storage))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .withMessageStartingWith(
            "training the classifier of evaluation.features.path = %s: ".formatted(features))
        .withMessageContaining("notes.txt");
  }
}
