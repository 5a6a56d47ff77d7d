package dev.drawbridge.links;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages that strangers name. At each hop the name is resolved once, what it means is checked, and the connection is
 * made to exactly that; certificates are checked for the name. There are no cookies, no credentials, no cache and no connection
 * that a later fetch would use again.
 */
final class SafeFetcher {
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final String ACCEPT = "text/html,application/xhtml+xml;q=0.9,image/*;q=0.8,*/*;q=0.1";
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final OkHttpClient client;
    private final Destinations destinations;
    private final NameResolver resolver;
    private final @Nullable InetSocketAddress proxy;
    private final int maxSize;
    private final String userAgent;

    SafeFetcher(LinkSettings settings, Destinations destinations, NameResolver resolver) {
        this(settings, destinations, resolver, new OkHttpClient());
    }

    /** @param client whose trust in certificates is kept, and nothing else */
    SafeFetcher(LinkSettings settings, Destinations destinations, NameResolver resolver, OkHttpClient client) {
        this.destinations = destinations;
        this.resolver = resolver;
        this.proxy = settings.proxy();
        this.maxSize = settings.maxSize();
        this.userAgent = settings.userAgent();
        this.client = client.newBuilder()
                .protocols(List.of(Protocol.HTTP_1_1)) // no server may push, or multiply its streams and headers
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .connectTimeout(settings.timeout())
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .proxy(proxy == null ? Proxy.NO_PROXY : new Proxy(Proxy.Type.HTTP, proxy))
                .build();
    }

    Fetched fetch(LinkUrl start, Deadline deadline) throws NotFetchedException {
        LinkUrl url = start;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            List<InetAddress> addresses = addresses(url);
            if (deadline.isOver()) {
                throw new NotFetchedException(LinkOutcome.TIMED_OUT);
            }
            Call call = call(url, addresses, deadline);
            try (Response response = call.execute();
                    Closeable _ = call::cancel) { // else the rest is read, for a while, to use the connection again
                Optional<String> location = location(response);
                if (location.isEmpty()) {
                    return fetched(url, response, deadline);
                }
                url = url.resolve(location.get()).orElseThrow(() -> new NotFetchedException(LinkOutcome.REFUSED));
            } catch (IOException e) {
                throw new NotFetchedException(isLate(e, deadline) ? LinkOutcome.TIMED_OUT : LinkOutcome.UNREACHABLE);
            }
        }
        throw new NotFetchedException(LinkOutcome.REDIRECTED_TOO_OFTEN);
    }

    /** The client's own time is up some microseconds before ours. */
    private static boolean isLate(IOException e, Deadline deadline) {
        return e instanceof InterruptedIOException || deadline.isOver();
    }

    /** What is connected to, all of it checked. */
    private List<InetAddress> addresses(LinkUrl url) throws NotFetchedException {
        if (proxy == null) {
            return destinations.of(url);
        }
        destinations.checkForProxy(url);
        try {
            return resolver.resolve(proxy.getHostString());
        } catch (UnknownHostException e) {
            throw new NotFetchedException(LinkOutcome.UNREACHABLE);
        }
    }

    private Call call(LinkUrl url, List<InetAddress> addresses, Deadline deadline) throws NotFetchedException {
        Duration left = deadline.left();
        OkHttpClient pinned = client.newBuilder()
                .dns(checked(addresses))
                .socketFactory(new PinnedSockets(Set.copyOf(addresses)))
                .callTimeout(left.compareTo(SHORTEST) < 0 ? SHORTEST : left)
                .build();
        try {
            return pinned.newCall(new Request.Builder()
                    .url(url.toString())
                    .header("User-Agent", userAgent)
                    .header("Accept", ACCEPT)
                    .header("Accept-Encoding", "gzip") // saying so leaves the decompression to us, who bound it
                    .build());
        } catch (IllegalArgumentException e) {
            throw new NotFetchedException(LinkOutcome.REFUSED); // a URL for browsers, but not for this client
        }
    }

    /** There is one host to ask for, that of the URL or that of the proxy, and it has been asked for. */
    private static Dns checked(List<InetAddress> addresses) {
        return name -> addresses;
    }

    /** Empty when it is not there. */
    private static String header(Response response, String name) {
        return Objects.requireNonNullElse(response.header(name), "");
    }

    private static Optional<String> location(Response response) {
        return REDIRECTS.contains(response.code())
                ? Optional.ofNullable(response.header("Location"))
                : Optional.empty();
    }

    private Fetched fetched(LinkUrl url, Response response, Deadline deadline) throws NotFetchedException, IOException {
        if (!response.isSuccessful()) {
            throw new NotFetchedException(LinkOutcome.ERROR_STATUS);
        }
        Fetched empty = Fetched.empty(url, header(response, "Content-Type"));
        if (empty.isImage()) {
            return empty;
        }
        if (!empty.isPage()) {
            throw new NotFetchedException(LinkOutcome.UNREADABLE);
        }
        byte[] body = decoded(beginning(response.body().byteStream(), deadline), response, deadline);
        return empty.with(body);
    }

    private byte[] decoded(byte[] body, Response response, Deadline deadline) throws NotFetchedException, IOException {
        return switch (header(response, "Content-Encoding").toLowerCase(Locale.ROOT)) {
            case "identity", "" -> body;
            case "gzip", "x-gzip" -> beginning(new GZIPInputStream(new ByteArrayInputStream(body)), deadline);
            default -> throw new NotFetchedException(LinkOutcome.UNREADABLE);
        };
    }

    /** No more than may be read, and as much as comes before it breaks off: what matters stands in front. */
    private byte[] beginning(InputStream in, Deadline deadline) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] piece = new byte[16 * 1024];
        try {
            while (read.size() < maxSize) {
                int length = in.read(piece, 0, Math.min(piece.length, maxSize - read.size()));
                if (length < 0) {
                    break;
                }
                read.write(piece, 0, length);
            }
        } catch (IOException e) {
            if (read.size() == 0 || isLate(e, deadline)) {
                throw e;
            }
        }
        return read.toByteArray();
    }
}
