package dev.drawbridge.config.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.drawbridge.json.Quoted;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** An event of the log as it may be written: its message, what it is marked with and the messages of its exception are each one line. */
final class OneLineEvent implements ILoggingEvent {
    /** Our own longest line has some 300 characters. */
    static final int LONGEST_MESSAGE = 4_096;

    static final int LONGEST_MARK = 200;

    private final ILoggingEvent event;
    private final String message;
    private final Map<String, String> marks;
    private final @Nullable IThrowableProxy exception;

    private OneLineEvent(ILoggingEvent event, String message, Map<String, String> marks) {
        this.event = event;
        this.message = message;
        this.marks = marks;
        this.exception = event.getThrowableProxy() instanceof ThrowableProxy proxy ? new OneLineException(proxy) : null;
    }

    /** The event itself when there is nothing to be changed in it, which is nearly always. */
    static ILoggingEvent of(ILoggingEvent event) {
        String message = Quoted.line(String.valueOf(event.getFormattedMessage()), LONGEST_MESSAGE);
        Map<String, String> marks = marks(event.getMDCPropertyMap());
        boolean same = message.equals(event.getFormattedMessage())
                && marks.equals(event.getMDCPropertyMap())
                && event.getThrowableProxy() == null;
        return same ? event : new OneLineEvent(event, message, marks);
    }

    private static Map<String, String> marks(Map<String, String> raw) {
        Map<String, String> marks = new LinkedHashMap<>();
        raw.forEach((key, value) -> marks.put(key, Quoted.line(String.valueOf(value), LONGEST_MARK)));
        return marks;
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public Object @Nullable [] getArgumentArray() {
        return null; // they are in the message
    }

    @Override
    public String getFormattedMessage() {
        return message;
    }

    @Override
    public @Nullable IThrowableProxy getThrowableProxy() {
        return exception;
    }

    @Override
    public Map<String, String> getMDCPropertyMap() {
        return marks;
    }

    @Override
    @Deprecated
    public Map<String, String> getMdc() {
        return marks;
    }

    @Override
    public String getThreadName() {
        return event.getThreadName();
    }

    @Override
    public Level getLevel() {
        return event.getLevel();
    }

    @Override
    public String getLoggerName() {
        return event.getLoggerName();
    }

    @Override
    public LoggerContextVO getLoggerContextVO() {
        return event.getLoggerContextVO();
    }

    @Override
    public StackTraceElement[] getCallerData() {
        return event.getCallerData();
    }

    @Override
    public boolean hasCallerData() {
        return event.hasCallerData();
    }

    @Override
    public List<Marker> getMarkerList() {
        return event.getMarkerList();
    }

    @Override
    public long getTimeStamp() {
        return event.getTimeStamp();
    }

    @Override
    public int getNanoseconds() {
        return event.getNanoseconds();
    }

    @Override
    public Instant getInstant() {
        return event.getInstant();
    }

    @Override
    public long getSequenceNumber() {
        return event.getSequenceNumber();
    }

    @Override
    public List<KeyValuePair> getKeyValuePairs() {
        return event.getKeyValuePairs();
    }

    @Override
    public void prepareForDeferredProcessing() {
        event.prepareForDeferredProcessing();
    }
}
