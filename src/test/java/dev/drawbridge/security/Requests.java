package dev.drawbridge.security;

import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Requests to enter a room. */
final class Requests {

    private Requests() {}

    static AccessRequest request(String room) {
        return new AccessRequest(room, new LinkedMultiValueMap<>(), new HttpHeaders(), "192.0.2.7");
    }

    static AccessRequest withToken(String room, String token) {
        return with(request(room), "token", token);
    }

    static AccessRequest with(AccessRequest request, String parameter, String value) {
        MultiValueMap<String, String> query = new LinkedMultiValueMap<>(request.query());
        query.add(parameter, value);
        return new AccessRequest(request.roomId(), query, request.headers(), request.remoteAddress());
    }

    static AccessRequest withHeader(AccessRequest request, String name, String value) {
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(request.headers());
        headers.add(name, value);
        return new AccessRequest(request.roomId(), request.query(), headers, request.remoteAddress());
    }
}
