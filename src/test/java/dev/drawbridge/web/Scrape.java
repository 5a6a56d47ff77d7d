package dev.drawbridge.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server tells Prometheus. */
record Scrape(String text) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Scrape of(int port) throws IOException, InterruptedException {
        return new Scrape(get(port, "/actuator/prometheus").body());
    }

    static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    boolean has(PromQl.Selector selector, Iterable<String> labelsOfTargets) {
        return text.lines()
                .filter(line -> line.matches(Pattern.quote(selector.metric()) + "[{ ].*"))
                .anyMatch(line -> {
                    Map<String, String> wanted = new TreeMap<>(selector.labels());
                    labelsOfTargets.forEach(wanted::remove);
                    return wanted.entrySet().stream()
                            .allMatch(label -> line.contains(label.getKey() + "=\"" + label.getValue() + "\""));
                });
    }

    /** The type of each metric of this server's own, and the names of its labels. */
    Map<String, String> ownMetrics() {
        Map<String, String> metrics = new TreeMap<>();
        Matcher type = Pattern.compile("(?m)^# TYPE (drawbridge_\\w+) (\\w+)$").matcher(text);
        while (type.find()) {
            metrics.put(type.group(1), type.group(2));
        }
        return metrics;
    }

    double value(String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + series));
    }
}
