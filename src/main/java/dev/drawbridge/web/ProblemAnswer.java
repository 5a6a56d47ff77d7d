package dev.drawbridge.web;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Tells what went wrong outside of the admin API (RFC 9457): nothing of our inside, and nothing of what was sent. */
public final class ProblemAnswer {

    private ProblemAnswer() {}

    /**
     * Answers with a problem.
     *
     * @param type of it, {@code about:blank} when its status says all
     */
    public static void write(HttpServletResponse response, HttpStatus status, String type, String detail)
            throws IOException {
        send(
                response,
                status,
                JsonObject.builder()
                        .put("type", type)
                        .put("title", status.getReasonPhrase())
                        .put("status", status.value())
                        .put("detail", detail)
                        .build());
    }

    /** The same without a title, which tldraw's clients would take for that of a page: they do not look at the status. */
    static void writeUntitled(HttpServletResponse response, HttpStatus status, String type, String detail)
            throws IOException {
        send(
                response,
                status,
                JsonObject.builder()
                        .put("type", type)
                        .put("status", status.value())
                        .put("detail", detail)
                        .build());
    }

    private static void send(HttpServletResponse response, HttpStatus status, JsonObject problem) throws IOException {
        byte[] body = Json.encode(problem);
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
