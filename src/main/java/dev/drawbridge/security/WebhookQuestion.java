package dev.drawbridge.security;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** What the webhook is told of somebody who wants to enter. The same request makes the same bytes. */
final class WebhookQuestion {
    private final JsonMapper json = JsonMapper.shared();
    private final TreeSet<String> headers = new TreeSet<>();

    /** @param headers the names of the headers that are passed on */
    WebhookQuestion(List<String> headers) {
        headers.forEach(name -> this.headers.add(name.toLowerCase(Locale.ROOT)));
    }

    byte[] about(AccessRequest request) {
        Map<String, Object> question = new LinkedHashMap<>();
        question.put("room", request.roomId());
        question.put("query", new TreeMap<>(request.query().toSingleValueMap()));
        question.put("headers", chosen(request.headers()));
        question.put("remoteAddress", request.remoteAddress());
        return json.writeValueAsBytes(question);
    }

    private Map<String, String> chosen(HttpHeaders all) {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (String name : headers) {
            List<String> values = all.getOrEmpty(name);
            if (!values.isEmpty()) {
                chosen.put(name, String.join("cookie".equals(name) ? "; " : ", ", values));
            }
        }
        return chosen;
    }
}
