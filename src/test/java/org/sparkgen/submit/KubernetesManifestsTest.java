package org.sparkgen.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.network.util.JavaUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgen.config.ExitCode;

/** The manifests of submit/kubernetes. */
class KubernetesManifestsTest {
  private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  private static PodSpec driver() throws IOException {
    return Manifests.only("job.yaml", Job.class).getSpec().getTemplate().getSpec();
  }

  private static PodSpec executor() throws IOException {
    return Manifests.only("executor-pod.yaml", Pod.class).getSpec();
  }

  private static String environment(Container container, String name) {
    return container.getEnv().stream()
        .filter(variable -> variable.getName().equals(name))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static long bytes(Quantity quantity) {
    return Quantity.getAmountInBytes(quantity).longValueExact();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access.yaml", "job.yaml", "executor-pod.yaml"})
  void holdNothingThatKubernetesDoesNotKnow(String file) throws IOException {
    List<HasMetadata> objects = Manifests.objects(file);
    assertThat(objects).isNotEmpty();
    for (HasMetadata object : objects) {
      if (!(object instanceof Pod)) {
        assertThat(object.getMetadata().getName()).matches(DNS_LABEL);
      }
      assertThat(object.getMetadata().getLabels())
          .containsEntry("app.kubernetes.io/name", "sparkgen");
    }
  }

  @Test
  void aPropertyThatKubernetesDoesNotKnowIsNoticedAtAnyDepth() throws IOException {
    String job = Files.readString(Manifests.FOLDER.resolve("job.yaml"));
    for (String known : List.of("backoffLimit:", "readOnlyRootFilesystem:", "secretRef:")) {
      assertThat(job).contains(known);
      assertThatThrownBy(() -> Manifests.read(job.replace(known, "x" + known)))
          .isInstanceOf(UnrecognizedPropertyException.class);
    }
    assertThatThrownBy(
            () -> Manifests.read(job.replace("  backoffLimit: 6", "  backoffLimit: six")))
        .hasMessageContaining("six");
    assertThatThrownBy(() -> Manifests.read(job + "kind: Job\n")).hasMessageContaining("kind");
  }

  @Test
  void driversMayHandlePodsOfTheirNamespaceAndNothingElse() throws IOException {
    PolicyRule rule = new PolicyRule();
    rule.setApiGroups(List.of(""));
    rule.setResources(List.of("pods"));
    rule.setVerbs(List.of("create", "get", "list", "watch", "delete", "deletecollection"));
    Role role = Manifests.only("access.yaml", Role.class);
    RoleBinding binding = Manifests.only("access.yaml", RoleBinding.class);

    assertThat(role.getRules()).containsExactly(rule);
    assertThat(binding.getRoleRef().getKind()).isEqualTo("Role");
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    assertThat(binding.getSubjects())
        .singleElement()
        .satisfies(subject -> assertThat(subject.getKind()).isEqualTo("ServiceAccount"))
        .satisfies(
            subject -> assertThat(subject.getName()).isEqualTo(driver().getServiceAccountName()));
  }

  @Test
  void executorsHaveAnAccountWithoutToken() throws IOException {
    List<ServiceAccount> accounts =
        Manifests.objects("access.yaml").stream()
            .filter(ServiceAccount.class::isInstance)
            .map(ServiceAccount.class::cast)
            .toList();

    assertThat(accounts)
        .filteredOn(account -> account.getMetadata().getName().equals("sparkgen-executor"))
        .singleElement()
        .satisfies(account -> assertThat(account.getAutomountServiceAccountToken()).isFalse());
    assertThat(executor().getAutomountServiceAccountToken()).isFalse();
  }

  @Test
  void nobodyIsRootAndNoImageIsWrittenTo() throws IOException {
    for (PodSpec pod : List.of(driver(), executor())) {
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(185);
      SecurityContext context = pod.getContainers().get(0).getSecurityContext();
      assertThat(context.getAllowPrivilegeEscalation()).isFalse();
      assertThat(context.getReadOnlyRootFilesystem()).isTrue();
      assertThat(context.getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(pod.getContainers().get(0).getVolumeMounts())
          .extracting(VolumeMount::getName)
          .containsExactlyElementsOf(pod.getVolumes().stream().map(Volume::getName).toList());
    }
    assertThat(Files.readAllLines(Manifests.FOLDER.resolve("Containerfile")))
        .contains("FROM apache/spark:3.5.5-scala2.12-java17-ubuntu", "USER 185")
        .contains("ENV OMP_NUM_THREADS=1");
  }

  @Test
  void secretsComeFromASecretAndAreNotInTheFiles() throws IOException {
    for (PodSpec pod : List.of(driver(), executor())) {
      assertThat(pod.getContainers().get(0).getEnvFrom())
          .singleElement()
          .satisfies(from -> assertThat(from.getSecretRef().getName()).isEqualTo("sparkgen-s3"))
          .satisfies(from -> assertThat(from.getSecretRef().getOptional()).isTrue());
    }
    assertThat(driver().getContainers().get(0).getEnv())
        .extracting(EnvVar::getName)
        .noneMatch(name -> name.startsWith("AWS_"));
  }

  /** The bound of javacpp on the whole process, where nothing sets it, is twice the heap. */
  @Test
  void theDriverHasRoomForItsHeapAndAsMuchOutsideOfIt() throws IOException {
    Container container = driver().getContainers().get(0);
    long heap = JavaUtils.byteStringAsBytes(environment(container, "SPARKGEN_DRIVER_MEMORY"));

    assertThat(bytes(container.getResources().getLimits().get("memory"))).isEqualTo(2 * heap);
    assertThat(container.getResources().getRequests())
        .containsEntry("memory", container.getResources().getLimits().get("memory"));
  }

  @Test
  void aDriverIsStartedAgainUnlessItWouldEndTheSame() throws IOException {
    Job job = Manifests.only("job.yaml", Job.class);
    List<PodFailurePolicyRule> rules = job.getSpec().getPodFailurePolicy().getRules();
    List<Integer> useless = new ArrayList<>();
    for (ExitCode code : List.of(ExitCode.USAGE, ExitCode.INPUT, ExitCode.DIVERGED)) {
      useless.add(code.code());
    }

    assertThat(rules.get(0).getAction()).isEqualTo("FailJob");
    assertThat(rules.get(0).getOnExitCodes().getValues()).isEqualTo(useless);
    assertThat(rules.get(0).getOnExitCodes().getContainerName())
        .isEqualTo(driver().getContainers().get(0).getName());
    assertThat(rules.get(1).getAction()).isEqualTo("Ignore");
    assertThat(driver().getRestartPolicy()).isEqualTo("Never");
  }

  @Test
  void theDriversCommandIsAScriptOfTheImage() throws IOException {
    String command = driver().getContainers().get(0).getCommand().get(0);
    assertThat(command).startsWith("/opt/sparkgen/");
    assertThat(Files.isExecutable(Path.of(command.replace("/opt/sparkgen/", "")))).isTrue();
  }
}
