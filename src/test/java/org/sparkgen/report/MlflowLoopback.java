package org.sparkgen.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.mlflow.api.proto.Service;
import org.mlflow_project.google.protobuf.InvalidProtocolBufferException;
import org.mlflow_project.google.protobuf.Message;
import org.mlflow_project.google.protobuf.util.JsonFormat;

/**
 * A tracking server on the loopback interface. It reads requests with the message classes of
 * MLflow's own client, refuses fields that these don't have, and keeps the rules of MLflow 2:
 * required fields, limits of a batch, names, lengths, parameters that can't be changed.
 */
public final class MlflowLoopback implements AutoCloseable {
  private static final String API = "/api/2.0/mlflow/";
  private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";
  private static final String NAME = "[\\w. /-]{1,250}";
  private static final int REQUEST_BYTES = 1_000_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, String> experiments = new TreeMap<>();
  private final Map<String, StoredRun> runs = new TreeMap<>();
  private final Map<String, byte[]> artifacts = new TreeMap<>();
  private final List<String> calls = new ArrayList<>();
  private volatile String artifactRoot = "mlflow-artifacts:/";
  private volatile Optional<String> token = Optional.empty();
  private volatile Predicate<String> broken = call -> false;
  private volatile int brokenStatus = 500;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** What the server refuses. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;

    Refusal(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  /** A server on a free port. */
  public MlflowLoopback() {
    this(0);
  }

  private MlflowLoopback(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Demands a bearer token from now on. */
  public void demand(String bearer) {
    token = Optional.of(bearer);
  }

  /** Answers some calls, such as {@code runs/log-batch}, with a status and nothing of use. */
  public void breakDown(int status, Predicate<String> calls) {
    brokenStatus = status;
    broken = calls;
  }

  /** Answers as it should again. */
  public void recover() {
    broken = call -> false;
  }

  /** Where the artifacts of later runs belong. */
  public void keepArtifactsAt(String root) {
    artifactRoot = root;
  }

  /** Answers nothing until the latch is open. */
  public void stall(CountDownLatch until) {
    gate = until;
  }

  public synchronized Map<String, StoredRun> runs() {
    return new TreeMap<>(runs);
  }

  /** The one run that there must be. */
  public synchronized StoredRun run() {
    if (runs.size() != 1) {
      throw new AssertionError("one run was expected, but there are " + runs.keySet());
    }
    return runs.values().iterator().next();
  }

  public synchronized Map<String, String> experiments() {
    return new TreeMap<>(experiments);
  }

  /** Path below the run's artifact root to content. */
  public synchronized Map<String, byte[]> artifacts() {
    return new TreeMap<>(artifacts);
  }

  /** The calls so far, such as {@code POST runs/log-batch}. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public void close() {
    gate.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      String call = path.startsWith(API) ? path.substring(API.length()) : path;
      gate.await();
      if (broken.test(call)) {
        reply(exchange, brokenStatus, "<html>out of\norder</html>");
      } else {
        answer(exchange, call, request);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, String call, byte[] request) throws IOException {
    String body;
    int status = 200;
    try {
      body = content(exchange, call, request);
    } catch (Refusal e) {
      status = e.status;
      body =
          "{\"error_code\": \"%s\", \"message\": \"%s\"}"
              .formatted(e.code, e.getMessage().replace('"', '\''));
    }
    reply(exchange, status, body);
  }

  private static void reply(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private synchronized String content(HttpExchange exchange, String call, byte[] request)
      throws Refusal {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (token.isPresent() && !("Bearer " + token.get()).equals(authorization)) {
      throw new Refusal(401, "UNAUTHENTICATED", "not allowed with " + authorization);
    }
    String method = exchange.getRequestMethod();
    calls.add(method + " " + call);
    if (method.equals("PUT") && call.startsWith(ARTIFACTS)) {
      artifacts.put(call.substring(ARTIFACTS.length()), request);
      return "{}";
    }
    require(request.length <= REQUEST_BYTES, "a request of at most 1 MB");
    if (method.equals("POST")) {
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      require("application/json".equals(type), "JSON");
      return posted(call, new String(request, StandardCharsets.UTF_8));
    }
    return got(call, query(exchange));
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new TreeMap<>();
    for (String part : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      int equals = part.indexOf('=');
      query.put(
          part.substring(0, equals),
          URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  private String posted(String call, String body) throws Refusal {
    return switch (call) {
      case "experiments/create" -> {
        Service.CreateExperiment create = read(body, Service.CreateExperiment.newBuilder()).build();
        require(create.hasName() && !create.getName().isEmpty(), "name");
        if (experiments.containsKey(create.getName())) {
          throw new Refusal(400, "RESOURCE_ALREADY_EXISTS", "there is such an experiment");
        }
        String id = Integer.toString(experiments.size() + 1);
        experiments.put(create.getName(), id);
        yield print(Service.CreateExperiment.Response.newBuilder().setExperimentId(id));
      }
      case "runs/create" -> create(read(body, Service.CreateRun.newBuilder()).build());
      case "runs/update" -> update(read(body, Service.UpdateRun.newBuilder()).build());
      case "runs/log-batch" -> log(read(body, Service.LogBatch.newBuilder()).build());
      default -> throw new Refusal(404, "ENDPOINT_NOT_FOUND", call);
    };
  }

  private String got(String call, Map<String, String> query) throws Refusal {
    return switch (call) {
      case "experiments/get-by-name" -> {
        String name = query.get("experiment_name");
        require(name != null, "experiment_name");
        if (!experiments.containsKey(name)) {
          throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", "no experiment " + name);
        }
        yield print(
            Service.GetExperimentByName.Response.newBuilder()
                .setExperiment(
                    Service.Experiment.newBuilder()
                        .setExperimentId(experiments.get(name))
                        .setName(name)));
      }
      case "runs/get" ->
          print(
              Service.GetRun.Response.newBuilder()
                  .setRun(message(query.get("run_id"), known(query.get("run_id")))));
      case "metrics/get-history" -> {
        Service.GetMetricHistory.Response.Builder history =
            Service.GetMetricHistory.Response.newBuilder();
        known(query.get("run_id")).metrics().stream()
            .filter(m -> m.getKey().equals(query.get("metric_key")))
            .forEach(history::addMetrics);
        yield print(history);
      }
      default -> throw new Refusal(404, "ENDPOINT_NOT_FOUND", call);
    };
  }

  private String create(Service.CreateRun request) throws Refusal {
    require(experiments.containsValue(request.getExperimentId()), "a known experiment_id");
    require(request.hasStartTime() && request.getStartTime() > 0, "start_time");
    String id = "%032x".formatted(runs.size() + 1);
    StoredRun run =
        new StoredRun(request.getExperimentId(), request.getRunName(), request.getStartTime());
    tag(run, request.getTagsList());
    runs.put(id, run);
    return print(Service.CreateRun.Response.newBuilder().setRun(message(id, run)));
  }

  private String update(Service.UpdateRun request) throws Refusal {
    StoredRun run = known(request.getRunId());

    run.end(request.getStatus(), request.getEndTime());
    return print(Service.UpdateRun.Response.newBuilder());
  }

  private String log(Service.LogBatch request) throws Refusal {
    StoredRun run = known(request.getRunId());
    require(!run.isDeleted(), "a run that is active");
    require(request.getMetricsCount() <= 1000, "at most 1000 metrics");
    require(request.getParamsCount() <= 100, "at most 100 params");
    require(request.getTagsCount() <= 100, "at most 100 tags");
    for (Service.Metric metric : request.getMetricsList()) {
      requireName(metric.getKey());
      require(metric.hasValue() && metric.hasTimestamp(), "value and timestamp");
    }
    for (Service.Param parameter : request.getParamsList()) {
      requireName(parameter.getKey());
      require(parameter.getValue().length() <= 6000, "a value of at most 6000");
      String before = run.parameters().putIfAbsent(parameter.getKey(), parameter.getValue());
      require(
          before == null || before.equals(parameter.getValue()),
          "the value that " + parameter.getKey() + " has");
    }
    tag(run, request.getTagsList());
    run.metrics().addAll(request.getMetricsList());
    return print(Service.LogBatch.Response.newBuilder());
  }

  private static void tag(StoredRun run, List<Service.RunTag> tags) throws Refusal {
    for (Service.RunTag tag : tags) {
      requireName(tag.getKey());
      require(tag.getValue().length() <= 5000, "a tag of at most 5000");
      run.tags().put(tag.getKey(), tag.getValue());
    }
  }

  private StoredRun known(String id) throws Refusal {
    if (!runs.containsKey(id)) {
      throw new Refusal(404, "RESOURCE_DOES_NOT_EXIST", "no run " + id);
    }
    return runs.get(id);
  }

  /** With the newest point of each metric, as MLflow has it. */
  private Service.Run message(String id, StoredRun run) {
    Map<String, Service.Metric> newest = new TreeMap<>();
    run.metrics()
        .forEach(m -> newest.merge(m.getKey(), m, (a, b) -> a.getStep() > b.getStep() ? a : b));
    Service.RunData.Builder data = Service.RunData.newBuilder().addAllMetrics(newest.values());
    run.parameters()
        .forEach((k, v) -> data.addParams(Service.Param.newBuilder().setKey(k).setValue(v)));
    run.tags().forEach((k, v) -> data.addTags(Service.RunTag.newBuilder().setKey(k).setValue(v)));
    Service.RunInfo.Builder info =
        Service.RunInfo.newBuilder()
            .setRunId(id)
            .setExperimentId(run.experimentId())
            .setRunName(run.name())
            .setStatus(run.status())
            .setStartTime(run.started())
            .setArtifactUri("%s%s/%s/artifacts".formatted(artifactRoot, run.experimentId(), id))
            .setLifecycleStage(run.isDeleted() ? "deleted" : "active");
    return Service.Run.newBuilder().setInfo(info).setData(data).build();
  }

  private static <T extends Message.Builder> T read(String body, T into) throws Refusal {
    try {
      JsonFormat.parser().merge(body, into);
      return into;
    } catch (InvalidProtocolBufferException e) {
      throw new Refusal(400, "MALFORMED_REQUEST", e.getMessage());
    }
  }

  private static String print(Message.Builder answer) {
    try {
      return JsonFormat.printer().preservingProtoFieldNames().print(answer);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireName(String name) throws Refusal {
    require(name.matches(NAME) && !name.startsWith("/") && !name.contains(".."), "a name");
  }

  private static void require(boolean holds, String what) throws Refusal {
    if (!holds) {
      throw new Refusal(400, "INVALID_PARAMETER_VALUE", what + " is required");
    }
  }
}
