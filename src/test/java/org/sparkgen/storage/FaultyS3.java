package org.sparkgen.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Stands between a client and an S3 server, on a free loopback port, and breaks a share of the
 * requests, in each way equally often. Which request meets which fault is drawn from a fixed seed
 * in the order of arrival.
 *
 * <p>Needs the system property {@code jdk.httpclient.allowRestrictedHeaders=host}.
 */
public final class FaultyS3 implements AutoCloseable {
  private static final long SEED = 20_240_607;
  private static final int SLOWNESS_MILLIS = 300;

  /** What the client or the connection sets by itself; the host is part of what clients sign. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

  /** What happens to a request. */
  public enum Fault {
    /** 500, the request had no effect. */
    INTERNAL_ERROR,
    /** 503 Slow Down, the request had no effect. */
    SLOW_DOWN,
    /** The connection ends without an answer, the request had no effect. */
    RESET_BEFORE,
    /** The request is carried out, but the connection ends without an answer. */
    RESET_AFTER,
    /** The answer comes late. */
    SLOW
  }

  private final String server;
  private final double share;
  private final Predicate<HttpExchange> unanswered;
  private final HttpServer front;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<Fault, AtomicLong> injected = new ConcurrentHashMap<>();
  private final AtomicLong requests = new AtomicLong();

  /**
   * Starts one.
   *
   * @param server address of the server
   * @param share of the requests that are broken, from 0 to 1
   */
  public FaultyS3(String server, double share) {
    this(server, share, request -> false);
  }

  /** Starts one that loses the answers to some requests. */
  static FaultyS3 losingAnswers(String server, Predicate<HttpExchange> requests) {
    return new FaultyS3(server, 0, requests);
  }

  private FaultyS3(String server, double share, Predicate<HttpExchange> unanswered) {
    this.server = server;
    this.share = share;
    this.unanswered = unanswered;
    try {
      front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    front.createContext("/", this::serve);
    front.setExecutor(threads);
    front.start();
  }

  /** Its address. */
  public String endpoint() {
    return "http://127.0.0.1:" + front.getAddress().getPort();
  }

  /** Requests so far. */
  public long requests() {
    return requests.get();
  }

  /** Faults so far. */
  public Map<Fault, AtomicLong> injected() {
    return injected;
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    byte[] body = exchange.getRequestBody().readAllBytes();
    Fault fault = unanswered.test(exchange) ? Fault.RESET_AFTER : draw();
    if (fault == null) {
      answer(exchange, forwarded(exchange, body));
      return;
    }
    injected.computeIfAbsent(fault, f -> new AtomicLong()).incrementAndGet();
    switch (fault) {
      case INTERNAL_ERROR -> refuse(exchange, 500, "InternalError");
      case SLOW_DOWN -> refuse(exchange, 503, "SlowDown");
      case RESET_BEFORE -> exchange.close();
      case RESET_AFTER -> {
        forwarded(exchange, body);
        exchange.close();
      }
      case SLOW -> {
        pause();
        answer(exchange, forwarded(exchange, body));
      }
    }
  }

  private synchronized Fault draw() {
    Fault[] all = Fault.values();
    return random.nextDouble() < share ? all[random.nextInt(all.length)] : null;
  }

  private HttpResponse<byte[]> forwarded(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!HOP_BY_HOP.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    byte[] body = response.body();
    if (exchange.getRequestMethod().equals("HEAD")) {
      response
          .headers()
          .firstValue("content-length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
      exchange.sendResponseHeaders(response.statusCode(), -1);
    } else {
      exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>injected</Message></Error>"
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static void pause() {
    try {
      new CountDownLatch(1).await(SLOWNESS_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    front.stop(0);
    threads.shutdownNow();
  }
}
