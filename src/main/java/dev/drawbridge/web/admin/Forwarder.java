package dev.drawbridge.web.admin;

import dev.drawbridge.cluster.NodeCard;
import dev.drawbridge.web.HiddenQuery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Brings a request to another node as it came, and what that answers back to the caller as it is. Bodies pass through both
 * ways. What goes wrong in between is a problem as any other.
 */
final class Forwarder {
    /** With which a node that was brought a request says that the room is at another one. */
    static final String ELSEWHERE = "Drawbridge-Elsewhere";

    private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

    /** What belongs to a connection and not to what is said over it, and what the client writes itself. */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "origin", // it has been checked, and is compared with the host
            "expect",
            "content-length",
            "date",
            ForwardingSeal.HEADER.toLowerCase(Locale.ROOT),
            ELSEWHERE.toLowerCase(Locale.ROOT));

    private static final long LOOK_MILLIS = 500;

    private final HttpClient http;
    private final ForwardingSeal seal;
    private final Duration patience;
    private final long mostBytes;
    private final LongSupplier nanoTime;

    /**
     * How it is done.
     *
     * @param patience how long the other node may say nothing
     * @param mostBytes how many bytes a body may have
     */
    Forwarder(HttpClient http, ForwardingSeal seal, Duration patience, long mostBytes, LongSupplier nanoTime) {
        this.http = http;
        this.seal = seal;
        this.patience = patience;
        this.mostBytes = mostBytes;
        this.nanoTime = nanoTime;
    }

    /**
     * Has the request answered by that node.
     *
     * @param withBody whether its body is wanted there
     * @return the node that has the room instead, when that one says so and nothing of the request was used up: then nothing
     *     is answered yet
     */
    Optional<String> forward(NodeCard to, HttpServletRequest request, HttpServletResponse response, boolean withBody)
            throws IOException {
        boolean hasBody = withBody && hasBody(request);
        if (hasBody && request.getContentLengthLong() > mostBytes) {
            throw ArrivingBody.tooLarge(mostBytes);
        }
        ForwardedBody body = new ForwardedBody(request.getInputStream(), mostBytes, nanoTime);
        try {
            return forward(to, request, response, body, hasBody);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemType.UNAVAILABLE, "The server is shutting down");
        } finally {
            if (hasBody) {
                body.end();
            }
        }
    }

    private Optional<String> forward(
            NodeCard to, HttpServletRequest request, HttpServletResponse response, ForwardedBody body, boolean hasBody)
            throws IOException, InterruptedException {
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer = send(to, request, body, hasBody);
        Map<String, List<String>> headers = passedOn(answer);
        ForwardedAnswer arriving = new ForwardedAnswer();
        answer.body().subscribe(arriving);
        try {
            Optional<String> elsewhere = answer.headers().firstValue(ELSEWHERE);
            if (elsewhere.isPresent() && !body.isTouched()) {
                arriving.copyTo(OutputStream.nullOutputStream(), patience);
                return elsewhere;
            }
            if (answer.statusCode() == HttpStatus.UNAUTHORIZED.value() && AdminApi.isFor(request)) {
                arriving.copyTo(OutputStream.nullOutputStream(), patience);
                throw new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "The node " + to.nodeId() + ", which has the room, does not take the token that this one takes:"
                                + " all need the same drawbridge.admin.token");
            }
            response.setStatus(answer.statusCode());
            headers.forEach((name, values) -> {
                response.setHeader(name, values.getFirst());
                values.stream().skip(1).forEach(value -> response.addHeader(name, value));
            });
            answer.headers().firstValueAsLong(HttpHeaders.CONTENT_LENGTH).ifPresent(response::setContentLengthLong);
            arriving.copyTo(response.getOutputStream(), patience);
            return Optional.empty();
        } catch (ForwardedAnswer.BrokenOffException e) {
            log.warn("The answer of node {} has not come: {}", to.nodeId(), e.getMessage(), e.getCause());
            if (!response.isCommitted()) {
                headers.keySet().forEach(name -> response.setHeader(name, null));
            }
            throw broken(to, "has not answered to the end");
        }
    }

    static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(
            NodeCard to, HttpServletRequest request, ForwardedBody body, boolean hasBody) throws InterruptedException {
        CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> answer =
                http.sendAsync(outgoing(to, request, body, hasBody), BodyHandlers.ofPublisher());
        long asked = nanoTime.getAsLong();
        while (true) {
            try {
                return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                long last = hasBody ? body.lastReadAt() : asked;
                if (nanoTime.getAsLong() - last > patience.toNanos()) {
                    answer.cancel(true);
                    throw broken(to, "did not answer within " + patience.toSeconds() + " s");
                }
            } catch (ExecutionException e) {
                throw failed(to, body, e.getCause());
            } catch (InterruptedException e) {
                answer.cancel(true);
                throw e;
            }
        }
    }

    private HttpRequest outgoing(NodeCard to, HttpServletRequest request, ForwardedBody body, boolean hasBody) {
        String target = target(request);
        HttpRequest.Builder outgoing = HttpRequest.newBuilder(URI.create(
                (to.webIsSecure() ? "https" : "http") + "://" + AdminApi.authority(to.host(), to.webPort()) + target));
        Set<String> left = new HashSet<>(NOT_PASSED_ON);
        Collections.list(request.getHeaders(HttpHeaders.CONNECTION)).forEach(names -> {
            for (String name : names.split(",", -1)) {
                left.add(name.strip().toLowerCase(Locale.ROOT));
            }
        });
        for (String name : Collections.list(request.getHeaderNames())) {
            if (!left.contains(name.toLowerCase(Locale.ROOT))) {
                Collections.list(request.getHeaders(name)).forEach(value -> outgoing.header(name, value));
            }
        }
        return outgoing.header(ForwardingSeal.HEADER, seal.of(to.nodeId(), request.getMethod(), target))
                .method(request.getMethod(), hasBody ? publisher(request, body) : BodyPublishers.noBody())
                .build();
    }

    private static BodyPublisher publisher(HttpServletRequest request, ForwardedBody body) {
        BodyPublisher pieces = BodyPublishers.ofInputStream(() -> body);
        long length = request.getContentLengthLong();
        return length > 0 ? BodyPublishers.fromPublisher(pieces, length) : pieces;
    }

    /** Path and query as they came; what a container takes and a {@link URI} does not is escaped. */
    static String target(HttpServletRequest request) {
        String query = HiddenQuery.sent(request);
        String target = request.getRequestURI() + (query == null ? "" : "?" + query);
        StringBuilder legal = new StringBuilder(target.length());
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c > ' ' && c < 0x7f && "\"<>[]\\^`{|}".indexOf(c) < 0) {
                legal.append(c);
            } else {
                legal.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return legal.toString();
    }

    private static Map<String, List<String>> passedOn(HttpResponse<?> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeIf(name -> NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT)));
        return headers;
    }

    private static ProblemException failed(NodeCard to, ForwardedBody body, @Nullable Throwable cause) {
        ProblemException problem = body.problem();
        if (problem != null) {
            return problem;
        }
        log.warn("A request could not be brought to node {}: {}", to.nodeId(), String.valueOf(cause));
        return isNotReached(cause)
                ? new ProblemException(
                        ProblemType.UNAVAILABLE,
                        "The node " + to.nodeId() + ", which has the room, cannot be reached. Nothing was done")
                : broken(to, "has not answered");
    }

    private static boolean isNotReached(@Nullable Throwable error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (each instanceof ConnectException
                    || each instanceof HttpConnectTimeoutException
                    || each instanceof SSLHandshakeException) {
                return true;
            }
        }
        return false;
    }

    private static ProblemException broken(NodeCard to, String what) {
        return new ProblemException(
                ProblemType.UNAVAILABLE,
                "The node " + to.nodeId() + ", which has the room, " + what + ". Whether it was done is unknown");
    }
}
