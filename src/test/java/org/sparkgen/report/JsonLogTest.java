package org.sparkgen.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.properties.PropertiesConfiguration;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.time.MutableInstant;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.sparkgen.LogLines;
import org.sparkgen.training.RoundMetrics;

/** What {@code conf/log4j2-json.properties} makes of log lines. */
class JsonLogTest {
  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static String text(LogEvent event) {
    try (LoggerContext context = new LoggerContext("json")) {
      ConfigurationSource source =
          ConfigurationSource.fromUri(Path.of("conf/log4j2-json.properties").toUri());
      PropertiesConfiguration configuration =
          new PropertiesConfigurationFactory().getConfiguration(context, source);
      configuration.initialize();
      return new String(
          configuration.getAppender("console").getLayout().toByteArray(event),
          StandardCharsets.UTF_8);
    }
  }

  /** The one object on the one line. */
  private static JsonNode line(LogEvent event) {
    String text = text(event);
    assertThat(text.lines()).hasSize(1);
    assertThat(text).endsWith("\n");
    try {
      return STRICT.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static Log4jLogEvent.Builder event(String message) {
    MutableInstant time = new MutableInstant();
    time.initFromEpochMilli(Instant.parse("2026-03-01T09:30:00.250Z").toEpochMilli(), 0);
    return Log4jLogEvent.newBuilder()
        .setInstant(time)
        .setLevel(Level.WARN)
        .setLoggerName("org.sparkgen.job.TrainJob")
        .setThreadName("main")
        .setMessage(new SimpleMessage(message));
  }

  /** What other tests have left in this thread. */
  @BeforeEach
  void forgetTheContext() {
    MDC.clear();
  }

  @Test
  void aLineIsAnObject() {
    String hostile =
        "quote \" backslash \\ break \r\n tab \t bell \u0007 naïve \u2028 %m {\"a\":1}";

    JsonNode line = line(event(hostile).build());

    assertThat(line.fieldNames())
        .toIterable()
        .containsExactly("time", "level", "logger", "thread", "message");
    assertThat(line.get("time").textValue()).isEqualTo("2026-03-01T09:30:00.250Z");
    assertThat(line.get("level").textValue()).isEqualTo("WARN");
    assertThat(line.get("logger").textValue()).isEqualTo("org.sparkgen.job.TrainJob");
    assertThat(line.get("thread").textValue()).isEqualTo("main");
    assertThat(line.get("message").textValue()).isEqualTo(hostile);
  }

  @Test
  void anErrorBringsItsStackTrace() {
    Throwable error = new IllegalStateException("no \"luck\"", new IOException("C:\\new\nline"));

    JsonNode line = line(event("failed").setThrown(error).build());

    assertThat(line.get("message").textValue()).isEqualTo("failed");
    assertThat(line.get("error").textValue())
        .contains("IllegalStateException: no \"luck\"", "Caused by: java.io.IOException: C:\\new")
        .contains("\tat " + JsonLogTest.class.getName());
  }

  @Test
  void theLineOfARoundHasItsMetrics() throws IOException {
    RoundMetrics round = Rounds.of(3, "kl", i -> 1.0 / i).get(2);
    ConsoleProgress progress = ConsoleProgress.ofRounds(4);
    try (LogLines log = LogLines.of(ConsoleProgress.class)) {
      progress.begun(RecordsTest.record(), Rounds.of(2, "kl", i -> 1.0));
      progress.roundEnded(round);
      progress.line("in the next round");
      progress.ended(RunEnding.finished(List.of()));
      progress.line("afterwards");

      List<JsonNode> lines = log.events().stream().map(JsonLogTest::line).toList();
      int last = lines.size() - 1;
      assertThat(lines.get(last - 2).get("round").intValue()).isEqualTo(3);
      assertThat(lines.get(last - 2).get("metrics"))
          .isEqualTo(STRICT.readTree(MetricsLog.line(round)));
      assertThat(lines.get(last - 1).get("round").intValue()).isEqualTo(4);
      assertThat(lines.get(last - 1).has("metrics")).isFalse();
      assertThat(lines.get(last).has("round")).isFalse();
    }
  }
}
