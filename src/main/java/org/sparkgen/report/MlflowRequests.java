package org.sparkgen.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sparkgen.config.JobException;
import org.sparkgen.config.Secrets;
import org.sparkgen.report.MlflowFailure.Kind;

/** Requests of JSON, each within a time; what goes wrong is told without the token. */
final class MlflowRequests {
  private static final int LONGEST_MESSAGE = 300;
  private static final int SUCCESS = 200;
  private static final int REDIRECTION = 300;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private final String uri;
  private final Optional<String> token;
  private final Duration limit;
  private final HttpClient client;

  /** Requests to paths below an address, which doesn't end with a slash. */
  MlflowRequests(String uri, Optional<String> token, Duration limit) {
    this.uri = uri;
    this.token = token;
    this.limit = limit;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(limit)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  Json get(String path) throws MlflowFailure, InterruptedException {
    return parsed(send(request(path).GET()));
  }

  Json post(String path, ObjectNode content) throws MlflowFailure, InterruptedException {
    return parsed(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.line(content)))));
  }

  void put(String path, byte[] content) throws MlflowFailure, InterruptedException {
    send(
        request(path)
            .header("Content-Type", "application/octet-stream")
            .PUT(BodyPublishers.ofByteArray(content)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri + path)).timeout(limit);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  /** The answer's text. */
  private String send(HttpRequest.Builder request) throws MlflowFailure, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request.build(), BodyHandlers.ofString());
    try {
      // A request's own limit ends with the headers; this one is for all of the answer.
      HttpResponse<String> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      int status = response.statusCode();
      if (status >= SUCCESS && status < REDIRECTION) {
        return response.body();
      }
      throw failure(status, response.body());
    } catch (TimeoutException e) {
      throw new MlflowFailure(
          Kind.UNREACHABLE, "no answer within %d s".formatted(limit.toSeconds()));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IOException) {
        throw new MlflowFailure(Kind.UNREACHABLE, shown(cause.toString()));
      }
      throw new MlflowFailure(Kind.REFUSED, cause.getClass().getSimpleName());
    } finally {
      answer.cancel(true);
    }
  }

  private MlflowFailure failure(int status, String body) {
    Kind kind =
        status >= SERVER_ERROR || status == TOO_MANY_REQUESTS
            ? Kind.UNREACHABLE
            : status == NOT_FOUND && body.contains("RESOURCE_DOES_NOT_EXIST")
                ? Kind.UNKNOWN
                : Kind.REFUSED;
    return new MlflowFailure(kind, "status " + status + " " + shown(body));
  }

  private Json parsed(String body) throws MlflowFailure {
    try {
      return Json.parse(body, "the answer");
    } catch (JobException e) {
      throw new MlflowFailure(Kind.REFUSED, "no answer of MLflow: " + shown(body));
    }
  }

  /** On one line, not too long, and without the token. */
  private String shown(String text) {
    String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    for (String secret : token.stream().toList()) {
      line = line.replace(secret, Secrets.MASK);
    }
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE);
  }
}
