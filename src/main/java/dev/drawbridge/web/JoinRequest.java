package dev.drawbridge.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * What the URL of a WebSocket asks for.
 *
 * @param roomId empty when the URL names no valid room
 */
record JoinRequest(Optional<String> roomId, String sessionId, boolean readonly) {
    static final String PATH = "/connect/";

    /** tldraw's own are 47 characters long. */
    private static final int MAX_SESSION_ID_LENGTH = 200;

    static JoinRequest of(URI uri) {
        UriComponents url = UriComponentsBuilder.fromUri(uri).build();
        MultiValueMap<String, String> query = url.getQueryParams();
        String path = Optional.ofNullable(url.getPath()).orElse("");
        String room = decoded(path.substring(path.indexOf(PATH) + PATH.length()));
        String sessionId = Optional.ofNullable(query.getFirst("sessionId"))
                .map(JoinRequest::decoded)
                .filter(id -> !id.isBlank() && id.length() <= MAX_SESSION_ID_LENGTH)
                .orElseGet(() -> UUID.randomUUID().toString());
        return new JoinRequest(RoomId.of(room), sessionId, "true".equals(query.getFirst("readonly")));
    }

    private static String decoded(String text) {
        try {
            return UriUtils.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a stray percent sign
        }
    }
}
