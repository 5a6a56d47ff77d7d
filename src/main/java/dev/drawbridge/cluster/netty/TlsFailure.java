package dev.drawbridge.cluster.netty;

import io.netty.handler.ssl.NotSslRecordException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/** Why two ends could not agree on TLS: what an operator can do something about. */
final class TlsFailure {

    private TlsFailure() {}

    /** In words for the log; empty when the connection has failed because of something else. */
    static Optional<String> of(Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof NotSslRecordException) {
                return Optional.of("it does not speak TLS"); // the exception tells all that has come
            }
            if (each instanceof SSLHandshakeException) {
                return Optional.of("no TLS with it: " + each.getMessage());
            }
        }
        return Optional.empty();
    }
}
