package dev.drawbridge.web.assets;

import dev.drawbridge.assets.AssetId;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.web.util.UriUtils;

/** Where an asset is: its id is all that follows, whatever is in it. */
final class AssetUrl {
    static final String PATH = "/uploads/";
    static final String API_PATH = "/api" + PATH;

    private AssetUrl() {}

    /** The id of a request's URL; empty when there is no such id. */
    static Optional<String> id(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        String prefix = path.startsWith(API_PATH) ? API_PATH : PATH;
        return path.startsWith(prefix)
                ? decoded(path.substring(prefix.length())).flatMap(AssetId::of)
                : Optional.empty();
    }

    /** Strictly: two that are decoded to the same would be one asset. */
    private static Optional<String> decoded(String escaped) {
        try {
            byte[] bytes = UriUtils.decode(escaped, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
