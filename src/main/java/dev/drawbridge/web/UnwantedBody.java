package dev.drawbridge.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/**
 * What comes of a body that is refused. A browser reads the answer only when it has sent all, or when it has read it before
 * the connection is reset: so the answer goes out, and what still comes is thrown away; but not for long, and not much of it.
 */
public final class UnwantedBody {
    private static final String DROPPED = UnwantedBody.class.getName();
    private static final long MOST_BYTES = 32L * 1024 * 1024;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private UnwantedBody() {}

    /** To be called before a refusal is written: its connection ends with it, when a body comes. */
    public static void closeAfter(HttpServletRequest request, HttpServletResponse response) {
        if (hasBody(request)) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
    }

    /** Takes back {@link #closeAfter}: it is no refusal. */
    public static void keepOpen(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CONNECTION, null);
    }

    /** To be called when a refusal is written: sends it off, and ends the connection of a body that does not come to its end. */
    public static void end(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!hasBody(request)) {
            return;
        }
        response.flushBuffer();
        // Who asks first whether to send it has not begun, and must not be told to.
        if (request.getHeader(HttpHeaders.EXPECT) != null || !throwAway(request)) {
            request.setAttribute(DROPPED, true);
        }
    }

    /** As {@link #end}, but nothing more is read: whoever it is has had time enough. */
    public static void drop(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.flushBuffer();
        request.setAttribute(DROPPED, true);
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /** Whether it came to its end. */
    private static boolean throwAway(HttpServletRequest request) {
        long end = System.nanoTime() + MOST_NANOS;
        byte[] buffer = new byte[8 * 1024];
        try {
            InputStream body = request.getInputStream();
            long thrown = 0;
            while (thrown < MOST_BYTES && System.nanoTime() - end < 0) {
                int read = body.read(buffer, 0, buffer.length);
                if (read < 0) {
                    return true;
                }
                thrown += read;
            }
        } catch (IOException e) {
            return false; // it is gone
        }
        return false;
    }

    /** Tomcat reads what is left of a body by itself, as slowly as it comes, unless it is told not to. */
    @Configuration(proxyBeanMethods = false)
    static class Dropping {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> droppedBodies() {
            return factory -> factory.addContextValves(new Valve());
        }

        private static final class Valve extends ValveBase {

            Valve() {
                super(true);
            }

            @Override
            public void invoke(Request request, Response response) throws IOException, ServletException {
                getNext().invoke(request, response);
                if (request.getAttribute(DROPPED) != null) {
                    request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
                }
            }
        }
    }
}
