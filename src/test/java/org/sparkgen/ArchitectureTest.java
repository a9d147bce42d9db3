package org.sparkgen;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The table of rooms: who may import whom, and which libraries have which door. */
@AnalyzeClasses(packages = "org.sparkgen", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.sparkgen.";

  /** A package and the packages of this project that it may import. */
  private record Room(String name, List<String> mayImport) {
    static Room of(String name, String... mayImport) {
      return new Room(name, List.of(mayImport));
    }

    String[] allowed() {
      return Stream.concat(Stream.of(name), mayImport.stream())
          .map(ArchitectureTest::room)
          .toArray(String[]::new);
    }
  }

  /** From the bottom to the top: nobody may import a room that comes later. */
  private static final List<Room> ROOMS =
      List.of(
          Room.of("config"),
          Room.of("storage", "config"),
          Room.of("data", "config"),
          Room.of("nn", "config"),
          Room.of("loss", "config"),
          Room.of("model", "nn", "loss", "data", "config"),
          Room.of("averaging"),
          Room.of("training", "model", "nn", "averaging", "data", "config"),
          Room.of("checkpoint", "storage", "averaging", "config"),
          Room.of("evaluation", "model", "data", "training", "averaging", "config"),
          Room.of("report", "evaluation", "storage", "data", "training", "averaging", "config"),
          Room.of(
              "spark",
              "report",
              "evaluation",
              "checkpoint",
              "training",
              "averaging",
              "model",
              "loss",
              "nn",
              "data",
              "storage",
              "config"),
          Room.of(
              "job",
              "spark",
              "report",
              "evaluation",
              "checkpoint",
              "training",
              "averaging",
              "model",
              "loss",
              "nn",
              "data",
              "storage",
              "config"),
          // Spark ML's estimator hands a job a table's rows, and a table a trained model's columns.
          Room.of("ml", "job", "spark", "storage", "config"),
          // The command line opens the storage that it hands to the jobs.
          Room.of("cli", "job", "storage", "config"));

  private static String room(String name) {
    return ROOT + name + "..";
  }

  private static String[] rooms(String... names) {
    return Stream.of(names).map(ArchitectureTest::room).toArray(String[]::new);
  }

  @ArchTest
  static void theTablePointsOneWay(JavaClasses unused) {
    List<String> below = new ArrayList<>();
    for (Room room : ROOMS) {
      assertThat(below).as("rooms below %s", room.name()).containsAll(room.mayImport());
      below.add(room.name());
    }
  }

  @ArchTest
  static final ArchRule everyClassIsInARoom =
      classes()
          .should()
          .resideInAnyPackage(rooms(ROOMS.stream().map(Room::name).toArray(String[]::new)));

  @ArchTest
  static void aRoomImportsOnlyWhatItMay(JavaClasses all) {
    for (Room room : ROOMS) {
      classes()
          .that()
          .resideInAPackage(room(room.name()))
          .should()
          .onlyDependOnClassesThat(
              describe(
                  "are foreign or in " + List.of(room.allowed()),
                  used ->
                      !used.getPackageName().startsWith(ROOT)
                          || Stream.of(room.allowed())
                              .anyMatch(
                                  allowed ->
                                      (used.getPackageName() + ".")
                                          .startsWith(allowed.replace("..", ".")))))
          .check(all);
    }
  }

  @ArchTest
  static final ArchRule noCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule averagingKnowsArraysOnly =
      classes()
          .that()
          .resideInAPackage(room("averaging"))
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(room("averaging"), "java..");

  @ArchTest
  static final ArchRule sparkHasThreeDoors = doors("org.apache.spark..", "spark", "job", "ml");

  @ArchTest static final ArchRule scalaHasThreeDoors = doors("scala..", "spark", "job", "ml");

  @ArchTest static final ArchRule hadoopHasOneDoor = doors("org.apache.hadoop..", "storage");

  @ArchTest
  static final ArchRule deeplearning4jHasOneDoorBesideItsSparkModule =
      doors("org.deeplearning4j..", "nn", "spark");

  @ArchTest static final ArchRule networksAreMadeInOneRoom = doors("org.deeplearning4j.nn..", "nn");

  @ArchTest
  static final ArchRule theSparkModuleOfDeeplearning4jHasOneDoor =
      doors("org.deeplearning4j.spark..", "spark");

  @ArchTest
  static final ArchRule configurationFilesAreReadInOneRoom = doors("com.typesafe..", "config");

  @ArchTest static final ArchRule onnxHasOneDoor = doors("onnx..", "nn");

  @ArchTest static final ArchRule theCommandLineParserHasOneDoor = doors("picocli..", "cli");

  private static ArchRule doors(String library, String... rooms) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(rooms(rooms))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  @ArchTest
  static final ArchRule javaObjectsAreNeverReadFromDisk =
      noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class);

  @ArchTest
  static final ArchRule networksAreNeverRestoredFromStockFiles =
      noClasses()
          .should()
          .accessTargetWhere(
              access(
                  "restore a stock network",
                  "org.deeplearning4j.util.ModelSerializer",
                  "restore\\w*"))
          .orShould()
          .accessTargetWhere(
              access(
                  "load a stock network", "org.deeplearning4j.nn.(multilayer|graph).\\w+", "load"));

  @ArchTest
  static final ArchRule recordsDoNotTravel =
      classes().that().areRecords().should().notBeAssignableTo(Serializable.class);

  /**
   * ND4J's executioner lets go of a BroadcastOp's operands before the native code has read them; a
   * garbage collection in that moment ended processes with a segmentation fault.
   */
  @ArchTest
  static final ArchRule NO_BROADCAST_OPERATIONS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.nd4j.linalg.api.ops.impl.broadcast..")
          .orShould()
          .callMethodWhere(
              JavaCall.Predicates.target(
                      HasName.Predicates.nameMatching(
                          "(add|sub|mul|div|rsub|rdiv)i?(Row|Column)Vector"))
                  .as("an operation with a row or column vector"));

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage(room("cli"))
          .should()
          .accessTargetWhere(access("end the process", "java.lang.(System|Runtime)", "exit|halt"));

  /** An access to a method, by regular expressions of its owner and its name. */
  private static DescribedPredicate<JavaAccess<?>> access(
      String description, String owner, String name) {
    return describe(
        description,
        access ->
            access.getTargetOwner().getName().matches(owner)
                && access.getTarget().getName().matches(name));
  }
}
