package dev.drawbridge.web.assets;

import dev.drawbridge.web.ProblemAnswer;
import dev.drawbridge.web.UnwantedBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Says what went wrong, in a way that no cache keeps. */
final class AssetProblem {

    private AssetProblem() {}

    static void notFound(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response, HttpStatus.NOT_FOUND, "asset-not-found", "There is no such asset");
    }

    static void answer(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String type, String detail)
            throws IOException {
        write(request, response, status, type, detail);
        UnwantedBody.end(request, response);
    }

    static void write(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String type, String detail)
            throws IOException {
        UnwantedBody.closeAfter(request, response);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ProblemAnswer.write(response, status, "urn:drawbridge:problem:" + type, detail);
    }
}
