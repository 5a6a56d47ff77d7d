package dev.drawbridge.config.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.List;

/** Hands events on to another appender, one line each. */
final class OneLineAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    /** Spring Boot's reports on a failed start have many lines, and nothing in them comes from a client. */
    private static final List<String> START_REPORTS =
            List.of("org.springframework.boot.diagnostics.", "org.springframework.boot.autoconfigure.logging.");

    private final Appender<ILoggingEvent> target;

    OneLineAppender(Appender<ILoggingEvent> target) {
        this.target = target;
        setName(target.getName());
        setContext(target.getContext());
    }

    @Override
    protected void append(ILoggingEvent event) {
        boolean report = START_REPORTS.stream().anyMatch(event.getLoggerName()::startsWith);
        target.doAppend(report ? event : OneLineEvent.of(event));
    }

    @Override
    public void stop() {
        super.stop();
        target.stop();
    }
}
