package org.sparkgen.submit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads manifests into the types of Spark's Kubernetes client. Those would keep a property that
 * they don't know as it is; here it is an error, as is a key that stands twice.
 */
final class Manifests {
  static final Path FOLDER = Path.of("submit", "kubernetes");

  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(
          "batch/v1 Job", Job.class,
          "v1 Pod", Pod.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "rbac.authorization.k8s.io/v1 Role", Role.class,
          "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class);

  private static final ObjectMapper STRICT =
      new ObjectMapper(new YAMLFactory())
          .setAnnotationIntrospector(new NothingUnknown())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private Manifests() {}

  /** The objects of a file in submit/kubernetes. */
  static List<HasMetadata> objects(String file) throws IOException {
    return read(Files.readString(FOLDER.resolve(file)));
  }

  /** The only object of that type in a file. */
  static <T extends HasMetadata> T only(String file, Class<T> type) throws IOException {
    return type.cast(objects(file).stream().filter(type::isInstance).findFirst().orElseThrow());
  }

  /** The objects of a text. */
  static List<HasMetadata> read(String text) throws IOException {
    List<HasMetadata> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents = STRICT.readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        objects.add(STRICT.treeToValue(document, type(document)));
      }
    }
    return objects;
  }

  private static Class<? extends HasMetadata> type(JsonNode document) {
    String name = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    if (!TYPES.containsKey(name)) {
      throw new IllegalArgumentException("no type for " + name);
    }
    return TYPES.get(name);
  }

  private static final class NothingUnknown extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return Boolean.FALSE;
    }
  }
}
