package dev.drawbridge.config.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.drawbridge.json.Quoted;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An exception whose message, and those of its causes, are each one line. Its stack trace is what it was. */
final class OneLineException extends ThrowableProxy {

    OneLineException(ThrowableProxy exception) {
        super(exception.getThrowable());
    }

    @Override
    public @Nullable String getMessage() {
        return line(super.getMessage());
    }

    @Override
    public @Nullable String getOverridingMessage() {
        return line(super.getOverridingMessage());
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
        return oneLine(super.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
        return Arrays.stream(super.getSuppressed())
                .map(OneLineException::oneLine)
                .toArray(IThrowableProxy[]::new);
    }

    private static @Nullable IThrowableProxy oneLine(@Nullable IThrowableProxy exception) {
        return exception instanceof ThrowableProxy proxy && !proxy.isCyclic() ? new OneLineException(proxy) : exception;
    }

    private static @Nullable String line(@Nullable String message) {
        return message == null ? null : Quoted.line(message, OneLineEvent.LONGEST_MESSAGE);
    }
}
