package org.sparkgen;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What a class logs, from {@link #of} to {@link #close}. */
public final class LogLines implements AutoCloseable {
  private final List<LogEvent> events = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level before;
  private final AbstractAppender appender =
      new AbstractAppender("lines", null, null, true, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          events.add(event.toImmutable());
        }
      };

  private LogLines(Logger logger) {
    this.logger = logger;
    this.before = logger.getLevel();
  }

  /** Listens from now on. */
  public static LogLines of(Class<?> type) {
    LogLines lines = new LogLines((Logger) LogManager.getLogger(type));
    lines.appender.start();
    lines.logger.addAppender(lines.appender);
    lines.logger.setLevel(Level.INFO);
    return lines;
  }

  public List<LogEvent> events() {
    return List.copyOf(events);
  }

  /** The messages of a level. */
  public List<String> at(Level level) {
    return events.stream()
        .filter(e -> e.getLevel().equals(level))
        .map(e -> e.getMessage().getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    logger.removeAppender(appender);
    logger.setLevel(before);
  }
}
