package dev.drawbridge.events.hooks;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there was no answer, in words. */
final class Failures {
    private static final int MOST_CAUSES = 10;

    private Failures() {}

    static Attempt attempt(Throwable error) {
        return Attempt.unanswered(Attempt.Outcome.FAILED, words(error));
    }

    private static String words(Throwable error) {
        if (isCausedBy(error, UnresolvedAddressException.class) || isCausedBy(error, UnknownHostException.class)) {
            return "the host is not known";
        }
        if (isCausedBy(error, NoRouteToHostException.class)) {
            return "there is no way to the host";
        }
        if (isCausedBy(error, ConnectException.class)) {
            return "the connection was refused";
        }
        if (isCausedBy(error, SSLException.class)) {
            return "there is no trusted connection (TLS)";
        }
        if (isCausedBy(error, SocketException.class)) {
            return "the connection was reset";
        }
        if (isCausedBy(error, IOException.class)) {
            return "the connection ended before there was a whole answer, or what was answered is not HTTP";
        }
        return "it could not be sent (" + root(error).getClass().getSimpleName() + ")";
    }

    private static boolean isCausedBy(Throwable error, Class<? extends Throwable> type) {
        @Nullable Throwable each = error;
        for (int i = 0; i < MOST_CAUSES && each != null; i++) {
            if (type.isInstance(each)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    private static Throwable root(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
