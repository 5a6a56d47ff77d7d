package dev.drawbridge.web.admin;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * An error as the caller is told of it (RFC 9457).
 *
 * @param documentClock the clock of the room, where the problem is that it is another one
 */
public record Problem(ProblemType type, String detail, OptionalLong documentClock, HttpHeaders headers) {
    private static final String RETRY_AFTER_SECONDS = "2";

    static Problem of(ProblemType type, String detail) {
        HttpHeaders headers = new HttpHeaders();
        if (type == ProblemType.UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return new Problem(type, detail, OptionalLong.empty(), headers);
    }

    static Problem clockMismatch(String detail, long documentClock) {
        return new Problem(ProblemType.CLOCK_MISMATCH, detail, OptionalLong.of(documentClock), new HttpHeaders());
    }

    Problem with(HttpHeaders more) {
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        all.putAll(more);
        return new Problem(type, detail, documentClock, all);
    }

    JsonObject json() {
        JsonObject.Builder json = JsonObject.builder()
                .put("type", type.urn())
                .put("title", type.title())
                .put("status", type.status().value())
                .put("detail", detail);
        documentClock.ifPresent(clock -> json.put("documentClock", clock));
        return json.build();
    }

    void writeTo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.resetBuffer();
        response.setHeader(HttpHeaders.ETAG, null);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
        response.setStatus(type.status().value());
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        byte[] body = Json.encode(json().with("instance", JsonString.of(request.getRequestURI())));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
