package dev.drawbridge.events.hooks;

import dev.drawbridge.json.Quoted;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Brings letters by HTTP. What is answered matters by its status only; the beginning of the rest is kept to tell people
 * why something was refused. The time counts to the end of the answer, for one may trickle in.
 */
public final class HttpDelivery implements Delivery, AutoCloseable {
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** How much of an answer is shown. */
    private static final int SHOWN = 200;

    private final String userAgent;
    private final InstantSource clock;
    private final ExecutorService threads;
    private final HttpClient http;
    private final ScheduledExecutorService deadlines;

    /** @param userAgent as what it calls */
    public HttpDelivery(String userAgent, InstantSource clock) {
        this.userAgent = userAgent;
        this.clock = clock;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("webhook-", 0).factory());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // what is sent is for this receiver and for no other
                .executor(threads)
                .build();
        this.deadlines = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("webhook-deadlines").factory());
    }

    @Override
    public CompletionStage<Attempt> bring(Letter letter) {
        try {
            return send(letter);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedStage(
                    Attempt.unanswered(Attempt.Outcome.FAILED, "the server is shutting down"));
        }
    }

    private CompletableFuture<Attempt> send(Letter letter) {
        CompletableFuture<HttpResponse<String>> response = http.sendAsync(request(letter), _ -> new ShortBody());
        CompletableFuture<Attempt> attempt =
                response.handle((answer, error) -> error == null ? answered(answer) : Failures.attempt(error));
        Duration timeout = letter.to().timeout();
        var deadline = deadlines.schedule(
                () -> {
                    if (attempt.complete(Attempt.unanswered(
                            Attempt.Outcome.TIMEOUT, "there was no whole answer within " + seconds(timeout)))) {
                        response.cancel(true);
                    }
                },
                timeout.toMillis(),
                TimeUnit.MILLISECONDS);
        var _ = attempt.whenComplete((it, error) -> deadline.cancel(false));
        return attempt;
    }

    private HttpRequest request(Letter letter) {
        Signature signature = Signature.of(letter.to().secrets(), letter.id(), clock.instant(), letter.body());
        return HttpRequest.newBuilder(letter.to().url())
                .header("content-type", "application/json")
                .header("user-agent", userAgent)
                .header("webhook-id", signature.id())
                .header("webhook-timestamp", signature.timestamp())
                .header("webhook-signature", signature.value())
                .POST(BodyPublishers.ofByteArray(letter.body()))
                .build();
    }

    private static String seconds(Duration timeout) {
        return timeout.toMillis() % 1_000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }

    private Attempt answered(HttpResponse<String> answer) {
        int status = answer.statusCode();
        String words =
                "answered " + status + (isRedirect(status) ? ", and redirects are not followed" : said(answer.body()));
        boolean mayAsk = status == TOO_MANY || status == UNAVAILABLE;
        return new Attempt(
                outcome(status),
                OptionalInt.of(status),
                words,
                mayAsk ? retryAfter(answer.headers(), clock.instant()) : Optional.empty());
    }

    private static Attempt.Outcome outcome(int status) {
        if (status >= 200 && status < 300) {
            return Attempt.Outcome.DELIVERED;
        }
        return status == GONE ? Attempt.Outcome.GONE : Attempt.Outcome.REFUSED;
    }

    private static boolean isRedirect(int status) {
        return status >= 300 && status < 400;
    }

    private static String said(String body) {
        String text = body.strip();
        return text.isEmpty() ? "" : ": " + Quoted.line(text, SHOWN);
    }

    /** In seconds, or until a date; nothing when it is neither. */
    static Optional<Duration> retryAfter(HttpHeaders headers, Instant now) {
        return headers.firstValue("retry-after").map(String::strip).flatMap(text -> {
            if (text.matches("[0-9]{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            try {
                Duration until = Duration.between(
                        now,
                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
                return until.isNegative() ? Optional.empty() : Optional.of(until);
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        http.shutdownNow();
        threads.shutdownNow();
    }
}
