package dev.drawbridge.security;

import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

/**
 * Somebody who asks for something by a plain HTTP request.
 *
 * @param query the query of the URL, decoded
 * @param headers the headers of the request, cookies among them
 * @param remoteAddress the IP address that the request came from, as in {@link AccessRequest}
 */
public record Caller(MultiValueMap<String, String> query, HttpHeaders headers, String remoteAddress) {

    /** The question whether this one may enter a room. */
    AccessRequest enters(String room) {
        return new AccessRequest(room, query, headers, remoteAddress);
    }

    /** Without query and headers: they carry secrets, and this ends in logs. */
    @Override
    public String toString() {
        return "Caller[remoteAddress=" + remoteAddress + "]";
    }
}
