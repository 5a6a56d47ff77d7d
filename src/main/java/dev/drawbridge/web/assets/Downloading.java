package dev.drawbridge.web.assets;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetObserver;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.Variant;
import dev.drawbridge.assets.renditions.Renditions;
import dev.drawbridge.assets.renditions.Shown;
import dev.drawbridge.config.AssetsProperties;
import dev.drawbridge.config.AssetsWhenChosen;
import dev.drawbridge.security.Permission;
import dev.drawbridge.web.CallerGate;
import dev.drawbridge.web.FormQuery;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.ServletWebRequest;

/**
 * Shows assets: to everybody who knows their id, or to whoever may see their room. What a stranger has brought stays an image
 * or a video, whatever is in it: no browser takes it for something else, and nothing in it runs.
 */
@Component
@Conditional(AssetsWhenChosen.class)
class Downloading {
    /** Content never changes: an id is never given another one while it is there. */
    private static final String FOR_A_YEAR = "max-age=31536000, immutable";

    /** An original in the place of a rendition that cannot be made now. */
    private static final String FOR_A_MINUTE = "max-age=60";

    private final AssetStore store;
    private final CallerGate gate;
    private final AssetObserver observer;
    private final Optional<Renditions> renditions;
    private final boolean publicRead;

    Downloading(
            AssetStore store,
            CallerGate gate,
            AssetObserver observer,
            Optional<Renditions> renditions,
            AssetsProperties properties) {
        this.store = store;
        this.gate = gate;
        this.observer = observer;
        this.renditions = renditions;
        this.publicRead = properties.publicRead();
    }

    void download(String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Asset> asset = store.find(id);
        if (asset.isEmpty()) {
            AssetProblem.notFound(request, response);
        } else if (publicRead
                || gate.admit(request, response, asset.get().room(), Permission.VIEW)
                        .isPresent()) {
            show(asset.get(), request, response);
        }
    }

    private void show(Asset asset, HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean sent =
                switch (shown(asset, request)) {
                    case Shown.Original(boolean lasting) ->
                        send(Representation.original(store, asset, lasting), request, response);
                    case Shown.Rendition(Variant variant) ->
                        send(Representation.variant(store, asset, variant), request, response)
                                || sendInsteadOf(variant, asset, request, response);
                };
        if (!sent) {
            AssetProblem.notFound(request, response); // it was deleted in this moment
        }
    }

    private Shown shown(Asset asset, HttpServletRequest request) {
        return renditions
                .flatMap(all -> RequestedSize.of(FormQuery.of(request)).map(wanted -> all.show(asset, wanted)))
                .orElseGet(() -> new Shown.Original(true));
    }

    /** Somebody has removed a variant. */
    private boolean sendInsteadOf(
            Variant variant, Asset asset, HttpServletRequest request, HttpServletResponse response) throws IOException {
        renditions.ifPresent(all -> all.forget(asset, variant));
        return send(Representation.original(store, asset, false), request, response);
    }

    /** Sends it, or answers why not; no when it is not there any more, and nothing is sent yet. */
    private boolean send(Representation shown, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                (publicRead ? "public, " : "private, ") + (shown.lasting() ? FOR_A_YEAR : FOR_A_MINUTE));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        response.setHeader(HttpHeaders.ETAG, shown.etag());
        long changed = shown.asset().created().toEpochMilli();
        if (new ServletWebRequest(request, response).checkNotModified(shown.etag(), changed)) {
            return true;
        }
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (request.getMethod().equals("HEAD")) {
            describe(shown, ByteRange.all(shown.size()), response);
            return true;
        }
        return switch (RequestedRange.of(request, shown.etag(), changed).within(shown.size())) {
            case RequestedRange.None() -> {
                response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + shown.size());
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                        "invalid-range",
                        "The asset has " + shown.size() + " bytes");
                yield true;
            }
            case RequestedRange.Whole() -> send(shown, ByteRange.all(shown.size()), HttpStatus.OK, response);
            case RequestedRange.Part(ByteRange part) -> send(shown, part, HttpStatus.PARTIAL_CONTENT, response);
        };
    }

    private boolean send(Representation shown, ByteRange part, HttpStatus status, HttpServletResponse response)
            throws IOException {
        Optional<InputStream> opened = shown.parts().apply(part);
        if (opened.isEmpty()) {
            return false;
        }
        try (InputStream content = opened.get()) {
            if (status == HttpStatus.PARTIAL_CONTENT) {
                response.setHeader(
                        HttpHeaders.CONTENT_RANGE, "bytes " + part.from() + "-" + part.last() + "/" + shown.size());
            }
            response.setStatus(status.value());
            describe(shown, part, response);
            observer.served(content.transferTo(response.getOutputStream()));
        }
        return true;
    }

    private static void describe(Representation shown, ByteRange part, HttpServletResponse response) {
        response.setContentType(shown.type().name());
        response.setContentLengthLong(part.length());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(shown.asset()));
    }

    /** A name for who saves it. An SVG that is opened by itself, and not in a page, is saved. */
    private static String disposition(Asset asset) {
        ContentDisposition.Builder disposition =
                asset.type().equals(MediaType.SVG) ? ContentDisposition.attachment() : ContentDisposition.inline();
        return disposition.filename(asset.id(), StandardCharsets.UTF_8).build().toString();
    }
}
