package org.sparkgen.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.KubernetesConf;
import org.apache.spark.deploy.k8s.SparkPod;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.resource.ResourceProfile$;
import org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/** submit/kubernetes.sh, and the driver's script in the container, with stand-ins for programs. */
class KubernetesScriptTest {
  private static final String JOB_ARGUMENTS = "train s3a://bucket/vae.conf --set run.seed=8";

  @TempDir private Path folder;
  private Path told;

  @BeforeEach
  void standIns() throws IOException {
    told = folder.resolve("told");
    Files.createFile(told);
    Script.program(
        folder.resolve("spark/bin/spark-submit"), "printf '%s\\n' \"$@\" >>" + told + "\nexit 5\n");
  }

  /** The environment of the driver's container, with an address as Kubernetes gives one. */
  private Map<String, String> container() throws IOException {
    Map<String, String> environment = new HashMap<>();
    Job job = Manifests.only("job.yaml", Job.class);
    Container container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    for (EnvVar variable : container.getEnv()) {
      environment.put(
          variable.getName(), variable.getValue() == null ? "given" : variable.getValue());
    }
    environment.put("POD_IP", "10.0.0.7");
    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    environment.put("KUBERNETES_SERVICE_PORT", "443");
    environment.put("SPARK_HOME", folder.resolve("spark").toString());
    return environment;
  }

  private Script.End drive(Map<String, String> environment) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "submit/kubernetes/driver.sh"));
    command.addAll(List.of(JOB_ARGUMENTS.split(" ")));
    return Script.run(environment, command);
  }

  /** The settings that spark-submit is told, over those of its properties file. */
  private SparkConf settings() throws IOException {
    List<String> words = Files.readAllLines(told);
    Properties defaults = new Properties();
    defaults.load(Files.newBufferedReader(Path.of(after(words, "--properties-file"))));
    SparkConf conf = new SparkConf(false);
    defaults.forEach((key, value) -> conf.set((String) key, (String) value));
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--conf")) {
        String[] setting = words.get(i + 1).split("=", 2);
        conf.set(setting[0], setting[1]);
      }
    }
    return conf.set("spark.master", after(words, "--master"));
  }

  private static String after(List<String> words, String option) {
    return words.get(words.indexOf(option) + 1);
  }

  /** The pod that Spark makes; what it remembers of executors is that of other tests' sessions. */
  private Pod executor(SparkConf conf) {
    Pod driver =
        new PodBuilder().withNewMetadata().withName("given").withUid("7f3c").endMetadata().build();
    ResourceProfile$.MODULE$.clearDefaultProfile();
    try (KubernetesClient client =
        new KubernetesClientBuilder().withConfig(Config.empty()).build()) {
      SparkPod pod =
          new KubernetesExecutorBuilder()
              .buildFromFeatures(
                  KubernetesConf.createExecutorConf(conf, "1", "app", Option.apply(driver), 0),
                  new SecurityManager(
                      conf, Option.empty(), SecurityManager.$lessinit$greater$default$3()),
                  client,
                  ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf))
              .pod();
      return new PodBuilder(pod.pod())
          .editSpec()
          .addToContainers(pod.container())
          .endSpec()
          .build();
    } finally {
      ResourceProfile$.MODULE$.clearDefaultProfile();
    }
  }

  @Test
  void theDriverIsSparkSubmitInClientModeAndItsCodeIsTheContainers() throws Exception {
    Script.End end = drive(container());

    assertThat(end.code()).as(end.output()).isEqualTo(5);
    List<String> words = Files.readAllLines(told);
    assertThat(after(words, "--master")).isEqualTo("k8s://https://10.0.0.1:443");
    assertThat(after(words, "--deploy-mode")).isEqualTo("client");
    assertThat(words).endsWith(JOB_ARGUMENTS.split(" "));
    assertThat(words.get(words.indexOf("train") - 1)).startsWith("local://");
    assertThat(settings().get("spark.driver.host")).isEqualTo("10.0.0.7");
  }

  @Test
  void aContainerWithoutItsAddressIsRefused() throws Exception {
    Map<String, String> environment = container();
    environment.put("POD_IP", "");

    Script.End end = drive(environment);

    assertThat(end.code()).isEqualTo(2);
    assertThat(end.output()).contains("POD_IP is not set");
    assertThat(told).isEmptyFile();
  }

  @Test
  void executorsHaveTheMemoryOfTheSparkDefaults() throws Exception {
    drive(container());
    SparkConf conf = settings();
    Container executor = executor(conf).getSpec().getContainers().get(0);
    Map<String, Quantity> limits = executor.getResources().getLimits();
    long heap = JavaUtils.byteStringAsBytes(conf.get("spark.executor.memory"));
    long overhead = JavaUtils.byteStringAsBytes(conf.get("spark.executor.memoryOverhead"));
    String options = conf.get("spark.executor.extraJavaOptions");
    String bound = options.replaceFirst(".*maxphysicalbytes=(\\S+).*", "$1");

    assertThat(Quantity.getAmountInBytes(limits.get("memory")).longValueExact())
        .isEqualTo(heap + overhead)
        .isEqualTo(JavaUtils.byteStringAsBytes(bound));
    assertThat(executor.getResources().getRequests())
        .containsEntry("memory", limits.get("memory"))
        .containsEntry("cpu", new Quantity("2"));
  }

  @Test
  void executorsAreAsTheirTemplateAndBelongToTheDriver() throws Exception {
    drive(container());
    Pod pod = executor(settings());
    Container executor = pod.getSpec().getContainers().get(0);

    assertThat(pod.getMetadata().getName()).isEqualTo("given-exec-1");
    assertThat(pod.getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getUid)
        .containsExactly("7f3c");
    assertThat(pod.getSpec().getContainers()).hasSize(1);
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("sparkgen-executor");
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(executor.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(executor.getEnvFrom()).hasSize(1);
    assertThat(executor.getEnv()).contains(new EnvVar("OMP_NUM_THREADS", "1", null));
    assertThat(executor.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .doesNotHaveDuplicates()
        .contains("/tmp", "/opt/spark/work-dir")
        .anyMatch(path -> path.startsWith("/var/data/spark-"));
    assertThat(pod.getSpec().getVolumes()).noneMatch(volume -> volume.getConfigMap() != null);
  }

  @Test
  void theJobCarriesWhatIsAsked() throws Exception {
    Script.End end =
        Script.run(
            Map.of(
                "SPARKGEN_IMAGE", "registry:5000/sparkgen:1",
                "SPARKGEN_JOB", "nightly",
                "SPARKGEN_EXECUTORS", "7",
                "SPARKGEN_SPARK_OPTIONS", "--conf a=\"b c\""),
            List.of(
                "bash", "submit/kubernetes.sh", "--print", "train", "s3a://b/x & \\y", "$(HOME)"));

    assertThat(end.code()).as(end.output()).isZero();
    Job job = (Job) Manifests.read(end.output()).get(0);
    Job example = Manifests.only("job.yaml", Job.class);
    Container container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(job.getMetadata().getName()).isEqualTo("nightly");
    assertThat(container.getArgs()).containsExactly("train", "s3a://b/x & \\y", "$$(HOME)");
    assertThat(container.getImage()).isEqualTo("registry:5000/sparkgen:1");
    assertThat(container.getEnv())
        .contains(new EnvVar("SPARKGEN_IMAGE", "registry:5000/sparkgen:1", null))
        .contains(new EnvVar("SPARKGEN_EXECUTORS", "7", null))
        .contains(new EnvVar("SPARKGEN_EXECUTOR_CORES", "2", null))
        .contains(new EnvVar("SPARKGEN_SPARK_OPTIONS", "--conf a=\"b c\"", null));
    assertThat(job.getSpec().getPodFailurePolicy())
        .isEqualTo(example.getSpec().getPodFailurePolicy());
  }

  /** A cluster on which the first driver is killed and the second ends with a code. */
  private Script.End submit(int code, String condition) throws Exception {
    Script.program(
        folder.resolve("bin/kubectl"),
        """
        echo "$1 $2" >>%1$s
        looks=$(grep -c '^get job' %1$s)
        case "$1 $*" in
          create*) cat >%1$s.yaml ;;
          "get get job"*) [[ $looks -lt 4 ]] || echo %2$s ;;
          *metadata.name*) [[ $looks -lt 2 ]] || echo driver-$((looks < 3 ? 1 : 2)) ;;
          *status.phase*) [[ $looks -lt 3 ]] && echo Running || echo Failed ;;
          *exitCode*) echo %3$d ;;
          logs*) echo "log of $3" ;;
        esac
        """
            .formatted(told, condition, code));
    Script.program(folder.resolve("bin/sleep"), "exit 0\n");
    String path = folder.resolve("bin") + ":" + System.getenv("PATH");
    return Script.run(
        Map.of("PATH", path, "SPARKGEN_JOB", "nightly"),
        List.of("bash", "submit/kubernetes.sh", "train", "s3a://bucket/vae.conf"));
  }

  @Test
  void theSubmissionShowsEveryDriverAndEndsWithTheLastOnesCode() throws Exception {
    Script.End end = submit(4, "Failed");

    assertThat(end.output()).contains("log of driver-1", "log of driver-2");
    assertThat(end.code()).as(end.output()).isEqualTo(4);
    Job job = (Job) Manifests.read(Files.readString(Path.of(told + ".yaml"))).get(0);
    assertThat(job.getMetadata().getName()).isEqualTo("nightly");
  }

  @Test
  void aJobThatCompletesEndsWellEvenIfADriverWasKilled() throws Exception {
    assertThat(submit(0, "Complete").code()).isZero();
  }
}
