package dev.drawbridge.web.assets;

import dev.drawbridge.assets.AssetId;
import dev.drawbridge.assets.AssetStoreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestHandler;

/** Uploads and downloads, by method. Where no assets are kept there is nothing at their paths. */
@Component
class AssetHandler implements HttpRequestHandler {
    private static final Logger log = LoggerFactory.getLogger(AssetHandler.class);

    private static final String METHODS = "GET, HEAD, PUT, POST, OPTIONS";

    private final Optional<Uploading> uploading;
    private final Optional<Downloading> downloading;

    AssetHandler(Optional<Uploading> uploading, Optional<Downloading> downloading) {
        this.uploading = uploading;
        this.downloading = downloading;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            handle(request, response);
        } catch (AssetStoreException e) {
            log.error("The store of assets fails: {}", e.getMessage());
            if (!response.isCommitted()) {
                response.setHeader(HttpHeaders.RETRY_AFTER, "10");
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "store-unavailable",
                        "The store of assets does not answer");
            } else {
                throw e; // so that the connection is closed: the client must not take what it has for all
            }
        }
    }

    private void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (uploading.isEmpty() || downloading.isEmpty()) {
            AssetProblem.notFound(request, response);
            return;
        }
        Optional<String> id = AssetUrl.id(request);
        switch (request.getMethod()) {
            case "PUT", "POST" -> {
                if (id.isPresent()) {
                    uploading.get().upload(id.get(), request, response);
                } else {
                    AssetProblem.answer(
                            request,
                            response,
                            HttpStatus.BAD_REQUEST,
                            "invalid-request",
                            "The id of an asset is " + AssetId.RULE);
                }
            }
            case "GET", "HEAD" -> {
                if (id.isPresent()) {
                    downloading.get().download(id.get(), request, response);
                } else {
                    AssetProblem.notFound(request, response);
                }
            }
            case "OPTIONS" -> {
                response.setHeader(HttpHeaders.ALLOW, METHODS);
                response.setStatus(HttpStatus.NO_CONTENT.value());
            }
            default -> {
                response.setHeader(HttpHeaders.ALLOW, METHODS);
                AssetProblem.answer(
                        request,
                        response,
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "method-not-allowed",
                        "Assets are put, and got");
            }
        }
    }
}
