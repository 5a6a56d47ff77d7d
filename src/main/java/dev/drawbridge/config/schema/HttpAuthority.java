package dev.drawbridge.config.schema;

import dev.drawbridge.config.AuthorizerProperties;
import dev.drawbridge.config.HttpUrl;
import dev.drawbridge.config.SecretFile;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.config.service.Bulkhead;
import dev.drawbridge.config.service.ServiceCall;
import dev.drawbridge.config.service.ServiceException;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostObserver.AuthorizerOutcome;
import dev.drawbridge.host.RecordAuthority;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordWrite;
import dev.drawbridge.room.WriteVerdict;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a service of the team's own about writes, once for all of a push. Whatever goes wrong is a no; the log says so once for
 * each kind of failure, until the service has answered again.
 */
final class HttpAuthority implements RecordAuthority, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpAuthority.class);
    private static final String NAME = "the authorizer";

    /** New records come back whole, and somewhat longer. */
    private static final int MOST_GROWTH = 2;

    private static final int ALWAYS_ALLOWED = 256 << 10;

    private final URI url;
    private final ServiceCall call;
    private final Bulkhead<List<WriteVerdict>> bulkhead;
    private final HostObserver observer;
    /** Encodes and reads: a push may be large, and no loop shall be held up by it. */
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("authorizer-", 0).factory());

    private final Set<AuthorizerOutcome> logged = EnumSet.noneOf(AuthorizerOutcome.class);

    HttpAuthority(AuthorizerProperties settings, HostObserver observer) {
        HttpUrl.checked("drawbridge.schema.authorizer.url", settings.url());
        this.url = Objects.requireNonNull(settings.url());
        this.call = new ServiceCall(NAME, url, token(settings), settings.timeout());
        this.bulkhead = new Bulkhead<>(
                NAME, settings.maxConcurrent(), settings.maxWaiting(), settings.timeout(), System::nanoTime);
        this.observer = observer;
    }

    private static @Nullable String token(AuthorizerProperties settings) {
        if (settings.token() != null && settings.tokenFile() != null) {
            throw new SettingException(
                    "drawbridge.schema.authorizer.token", null, "is set, and so is token-file", "Set one of the two.");
        }
        return settings.tokenFile() == null
                ? settings.token()
                : SecretFile.read("drawbridge.schema.authorizer.token-file", settings.tokenFile());
    }

    @Override
    public CompletionStage<List<WriteVerdict>> decide(String roomId, Author author, List<RecordWrite> writes) {
        WriteQuestion question = new WriteQuestion(roomId, author, writes);
        long begun = System.nanoTime();
        return bulkhead.ask(() -> ask(question)).whenComplete((verdicts, error) -> {
            AuthorizerOutcome outcome = outcome(error);
            observer.authorized(outcome, System.nanoTime() - begun);
            if (error == null) {
                hasAnswered();
            } else {
                hasFailed(outcome, question, cause(error));
            }
        });
    }

    private CompletableFuture<List<WriteVerdict>> ask(WriteQuestion question) {
        return CompletableFuture.supplyAsync(question::encode, threads)
                .thenCompose(body -> call.post(body, ALWAYS_ALLOWED + MOST_GROWTH * body.length))
                .thenApplyAsync(answer -> verdicts(question, answer), threads);
    }

    private static List<WriteVerdict> verdicts(WriteQuestion question, ServiceCall.Answer answer) {
        if (answer.status() != 200) {
            throw new WriteQuestion.UnusableAnswer("it has answered " + answer.status());
        }
        return question.verdicts(answer.body());
    }

    private static AuthorizerOutcome outcome(@Nullable Throwable error) {
        return switch (error == null ? null : cause(error)) {
            case null -> AuthorizerOutcome.ANSWERED;
            case ServiceException failed ->
                switch (failed.failure()) {
                    case TIMEOUT -> AuthorizerOutcome.TIMED_OUT;
                    case BUSY -> AuthorizerOutcome.BUSY;
                    case UNUSABLE -> AuthorizerOutcome.UNUSABLE;
                };
            case WriteQuestion.UnusableAnswer ignored -> AuthorizerOutcome.UNUSABLE;
            default -> AuthorizerOutcome.UNREACHABLE;
        };
    }

    private static Throwable cause(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : null;
        return cause == null ? error : cause;
    }

    private void hasAnswered() {
        synchronized (logged) {
            logged.clear();
        }
    }

    private void hasFailed(AuthorizerOutcome outcome, WriteQuestion question, Throwable why) {
        synchronized (logged) {
            if (!logged.add(outcome)) {
                return;
            }
        }
        log.error(
                "room {}, session {}: {} writes are refused, because the authorizer at {} fails ({}): {}; others will be for which"
                        + " it fails like that, without being logged until it has answered again",
                question.roomId(),
                Quoted.bare(question.author().sessionId()),
                question.writes().size(),
                shown(),
                outcome,
                Quoted.bare(String.valueOf(
                        why instanceof ServiceException || why instanceof WriteQuestion.UnusableAnswer
                                ? why.getMessage()
                                : why)));
    }

    /** Without what may be secret in it. */
    private String shown() {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + url.getPath();
    }

    @Override
    public void close() {
        call.close();
        threads.shutdownNow();
    }
}
