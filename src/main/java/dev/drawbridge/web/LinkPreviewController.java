package dev.drawbridge.web;

import dev.drawbridge.config.LinksProperties;
import dev.drawbridge.host.ClientNetwork;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.links.LinkAnswer;
import dev.drawbridge.links.LinkPreview;
import dev.drawbridge.links.LinkPreviews;
import dev.drawbridge.links.LinkUrl;
import dev.drawbridge.security.AddressRate;
import dev.drawbridge.security.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Previews of links, as each of tldraw's templates asks for them. For whoever may edit a room: who may not has no use for them.
 * Problems have no title, see {@link ProblemAnswer#writeUntitled}.
 */
@Controller
class LinkPreviewController {
    private static final Duration KEPT_BY_CLIENTS = Duration.ofMinutes(10);
    private static final String URL = "url";
    private static final String SOON = "2";

    private final Optional<LinkPreviews> previews;
    private final CallerGate gate;
    private final AddressRate rate;

    LinkPreviewController(Optional<LinkPreviews> previews, CallerGate gate, LinksProperties properties) {
        this.previews = previews;
        this.gate = gate;
        this.rate = new AddressRate(properties.rate(), Duration.ofMinutes(1), System::nanoTime);
    }

    @GetMapping({"/unfurl", "/api/unfurl"})
    void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response);
    }

    @PostMapping({"/bookmarks/unfurl", "/api/bookmarks/unfurl"})
    void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(request, response);
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (previews.isEmpty()) {
            problem(response, HttpStatus.NOT_FOUND, "not-found", "Previews of links are switched off");
            return;
        }
        Optional<CallerGate.Entry> entry = gate.admit(request, response, Permission.EDIT, rate);
        if (entry.isEmpty()) {
            return;
        }
        String text = entry.get().query().getFirst(URL);
        Optional<LinkUrl> url = text == null ? Optional.empty() : LinkUrl.of(text);
        if (url.isEmpty()) {
            problem(
                    response,
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "The parameter url must be an http or https URL without user name and password");
            return;
        }
        String client = ClientNetwork.of(request.getRemoteAddr()).name();
        switch (previews.get().preview(url.get(), client)) {
            case LinkAnswer.Found(LinkPreview preview) -> write(response, preview);
            case LinkAnswer.NotFound() ->
                problem(
                        response,
                        HttpStatus.UNPROCESSABLE_CONTENT,
                        "no-preview",
                        "There is no page there of which a preview can be made");
            case LinkAnswer.Busy(boolean byTheClient) -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, SOON);
                problem(
                        response,
                        byTheClient ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE,
                        byTheClient ? "rate-limited" : "unavailable",
                        "As many previews are being made as can be at once");
            }
        }
    }

    private static void write(HttpServletResponse response, LinkPreview preview) throws IOException {
        JsonObject.Builder json = JsonObject.builder()
                .put("title", preview.title())
                .put("description", preview.description())
                .put("image", preview.image())
                .put("favicon", preview.favicon());
        if (preview.imageWidth() != null) {
            json.put("imageWidth", preview.imageWidth());
        }
        if (preview.imageHeight() != null) {
            json.put("imageHeight", preview.imageHeight());
        }
        byte[] body = Json.encode(json.build());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=" + KEPT_BY_CLIENTS.toSeconds());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static void problem(HttpServletResponse response, HttpStatus status, String type, String detail)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ProblemAnswer.writeUntitled(response, status, "urn:drawbridge:problem:" + type, detail);
    }
}
