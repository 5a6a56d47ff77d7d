package dev.drawbridge.security;

import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

/**
 * Somebody who wants to enter a room.
 *
 * @param roomId the room, which need not exist yet; always a valid room id
 * @param query the query of the URL, decoded
 * @param headers the headers of the handshake, cookies among them
 * @param remoteAddress the IP address that the request came from: the client's, or that of a proxy, by the rules of {@code
 *     server.forward-headers-strategy}
 */
public record AccessRequest(
        String roomId, MultiValueMap<String, String> query, HttpHeaders headers, String remoteAddress) {

    /** Without query and headers: they carry secrets, and this ends in logs. */
    @Override
    public String toString() {
        return "AccessRequest[roomId=" + roomId + ", remoteAddress=" + remoteAddress + "]";
    }
}
