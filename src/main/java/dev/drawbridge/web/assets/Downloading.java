package dev.drawbridge.web.assets;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetObserver;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.config.AssetsProperties;
import dev.drawbridge.config.AssetsWhenChosen;
import dev.drawbridge.security.Permission;
import dev.drawbridge.web.CallerGate;
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

    private final AssetStore store;
    private final CallerGate gate;
    private final AssetObserver observer;
    private final boolean publicRead;

    Downloading(AssetStore store, CallerGate gate, AssetObserver observer, AssetsProperties properties) {
        this.store = store;
        this.gate = gate;
        this.observer = observer;
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
        response.setHeader(HttpHeaders.CACHE_CONTROL, (publicRead ? "public, " : "private, ") + FOR_A_YEAR);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        String etag = '"' + asset.sha256() + '"';
        long changed = asset.created().toEpochMilli();
        if (new ServletWebRequest(request, response).checkNotModified(etag, changed)) {
            return;
        }
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        if (request.getMethod().equals("HEAD")) {
            describe(asset, ByteRange.all(asset.size()), response);
            return;
        }
        switch (RequestedRange.of(request, etag, changed).within(asset.size())) {
            case RequestedRange.None() -> {
                response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + asset.size());
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                        "invalid-range",
                        "The asset has " + asset.size() + " bytes");
            }
            case RequestedRange.Whole() -> send(asset, ByteRange.all(asset.size()), HttpStatus.OK, request, response);
            case RequestedRange.Part(ByteRange part) ->
                send(asset, part, HttpStatus.PARTIAL_CONTENT, request, response);
        }
    }

    private void send(
            Asset asset, ByteRange part, HttpStatus status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<InputStream> opened = store.read(asset, part);
        if (opened.isEmpty()) {
            AssetProblem.notFound(request, response); // it was deleted in this moment
            return;
        }
        try (InputStream content = opened.get()) {
            if (status == HttpStatus.PARTIAL_CONTENT) {
                response.setHeader(
                        HttpHeaders.CONTENT_RANGE, "bytes " + part.from() + "-" + part.last() + "/" + asset.size());
            }
            response.setStatus(status.value());
            describe(asset, part, response);
            observer.served(content.transferTo(response.getOutputStream()));
        }
    }

    private static void describe(Asset asset, ByteRange part, HttpServletResponse response) {
        response.setContentType(asset.type().name());
        response.setContentLengthLong(part.length());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(asset));
    }

    /** A name for who saves it. An SVG that is opened by itself, and not in a page, is saved. */
    private static String disposition(Asset asset) {
        ContentDisposition.Builder disposition =
                asset.type().equals(MediaType.SVG) ? ContentDisposition.attachment() : ContentDisposition.inline();
        return disposition.filename(asset.id(), StandardCharsets.UTF_8).build().toString();
    }
}
