package dev.drawbridge.cluster.netty;

import io.netty.handler.ssl.NotSslRecordException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/** Why two ends could not agree on TLS: what an operator can do something about. */
final class TlsFailure {

    private TlsFailure() {}

    /** In words for the log; empty when the connection has failed because of something else. */
    static Optional<String> of(Throwable error) {
        return has(NotSslRecordException.class, error)
                .map(all -> "it does not speak TLS") // not all that it has said
                .or(() -> ofHandshake(error).map(why -> "no TLS with it: " + why));
    }

    /** The same, of an end that speaks TLS: what is wrong with one of the certificates, as a rule. */
    static Optional<String> ofHandshake(Throwable error) {
        return has(SSLHandshakeException.class, error).map(Throwable::getMessage);
    }

    private static <T extends Throwable> Optional<T> has(Class<T> kind, Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (kind.isInstance(each)) {
                return Optional.of(kind.cast(each));
            }
        }
        return Optional.empty();
    }
}
