package dev.drawbridge.web.assets;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.Upload;
import dev.drawbridge.assets.UploadResult;
import dev.drawbridge.assets.Uploads;
import dev.drawbridge.config.AssetsProperties;
import dev.drawbridge.config.AssetsWhenChosen;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.security.AddressRate;
import dev.drawbridge.security.Permission;
import dev.drawbridge.web.CallerGate;
import dev.drawbridge.web.UnwantedBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Takes uploads from whoever may edit the room they are for. */
@Component
@Conditional(AssetsWhenChosen.class)
class Uploading {
    private static final Logger log = LoggerFactory.getLogger(Uploading.class);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final CallerGate gate;
    private final Uploads uploads;
    private final AssetsProperties properties;
    private final AddressRate rate;

    Uploading(CallerGate gate, Uploads uploads, AssetsProperties properties) {
        this.gate = gate;
        this.uploads = uploads;
        this.properties = properties;
        this.rate = new AddressRate(properties.uploadsPerMinute(), MINUTE, System::nanoTime);
    }

    void upload(String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        UnwantedBody.closeAfter(request, response);
        Optional<CallerGate.Entry> entry = gate.admit(request, response, Permission.EDIT, rate);
        if (entry.isEmpty()) {
            UnwantedBody.end(request, response);
            return;
        }
        UnwantedBody.keepOpen(response);
        Optional<String> room = entry.get().room();
        if (room.isEmpty() && !properties.publicRead()) {
            AssetProblem.answer(
                    request,
                    response,
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "The room is to be named, since only those may see it who may see the room: ?room=…");
            return;
        }
        if (isCompressed(request)) {
            AssetProblem.answer(
                    request,
                    response,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "unsupported-media-type",
                    "Content-Encoding: the body must not be compressed");
            return;
        }
        long length = request.getContentLengthLong();
        Upload upload = new Upload(
                id,
                room,
                Optional.ofNullable(request.getContentType()),
                length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
                request.getRemoteAddr());
        try {
            answer(uploads.take(upload, request.getInputStream()), request, response);
        } catch (IOException e) {
            log.debug("an upload from {} broke off: {}", request.getRemoteAddr(), e.toString());
            UnwantedBody.closeAfter(request, response);
            response.setStatus(HttpStatus.BAD_REQUEST.value()); // for the metrics; nobody is there to read it
            UnwantedBody.drop(request, response);
        }
    }

    private static boolean isCompressed(HttpServletRequest request) {
        return !Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)).stream()
                .allMatch("identity"::equalsIgnoreCase);
    }

    private static void answer(UploadResult result, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (result) {
            case UploadResult.Kept(Asset asset, boolean isNew) -> kept(asset, isNew, request, response);
            case UploadResult.IdTaken() ->
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.CONFLICT,
                        "asset-exists",
                        "There is another asset with this id: a new one needs an id of its own");
            case UploadResult.Unsupported unsupported ->
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "unsupported-media-type",
                        why(unsupported));
            case UploadResult.TooLarge(long atMost) ->
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.CONTENT_TOO_LARGE,
                        "payload-too-large",
                        "An asset may have " + atMost + " bytes");
            case UploadResult.OverQuota(Optional<String> room, long atMost) ->
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.INSUFFICIENT_STORAGE,
                        "quota-exceeded",
                        (room.isPresent() ? "The assets of a room" : "All assets") + " may have " + atMost
                                + " bytes together");
            case UploadResult.NoSpace() ->
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.INSUFFICIENT_STORAGE,
                        "insufficient-storage",
                        "There is no space left where assets are kept");
            case UploadResult.TooSlow() -> {
                AssetProblem.write(
                        request, response, HttpStatus.REQUEST_TIMEOUT, "too-slow", "The body comes too slowly");
                UnwantedBody.drop(request, response);
            }
            case UploadResult.Busy() -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, "10");
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "busy",
                        "There are too many uploads at once");
            }
        }
    }

    private static String why(UploadResult.Unsupported unsupported) {
        if (unsupported.contradiction()) {
            return "Content-Type: by its content it is " + name(unsupported.recognised());
        }
        return "It is " + name(unsupported.recognised()) + ", which is not taken here";
    }

    private static String name(Optional<MediaType> type) {
        return type.map(MediaType::name).orElse("nothing that can be recognised without doubt");
    }

    private static void kept(Asset asset, boolean isNew, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        byte[] body = Json.encode(JsonObject.builder()
                .put("ok", true)
                .put("id", asset.id())
                .put("type", asset.type().name())
                .put("size", asset.size())
                .put("sha256", asset.sha256())
                .build());
        response.setStatus((isNew ? HttpStatus.CREATED : HttpStatus.OK).value());
        response.setHeader(HttpHeaders.LOCATION, request.getRequestURI());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
