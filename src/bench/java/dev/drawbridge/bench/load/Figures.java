package dev.drawbridge.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was measured, by name and in order, as one line of JSON. What could not be measured is not there. */
final class Figures {
    private final Map<String, Object> members = new LinkedHashMap<>();

    Figures put(String name, long number) {
        members.put(name, number);
        return this;
    }

    /** A number that is none, as of nothing divided by nothing, is left out. */
    Figures put(String name, double number) {
        if (Double.isFinite(number)) {
            members.put(name, number);
        }
        return this;
    }

    Figures put(String name, OptionalDouble number) {
        number.ifPresent(value -> put(name, value));
        return this;
    }

    Figures put(String name, String text) {
        members.put(name, text);
        return this;
    }

    Figures put(String name, boolean yes) {
        members.put(name, yes);
        return this;
    }

    Figures put(String name, Figures figures) {
        if (!figures.members.isEmpty()) {
            members.put(name, figures);
        }
        return this;
    }

    Figures putAll(Figures others) {
        members.putAll(others.members);
        return this;
    }

    /** A number by its path, {@code presence_ms.p50}. */
    OptionalDouble number(String path) {
        int dot = path.indexOf('.');
        Object member = members.get(dot < 0 ? path : path.substring(0, dot));
        return switch (member) {
            case Figures inner when dot > 0 -> inner.number(path.substring(dot + 1));
            case Number number when dot < 0 -> OptionalDouble.of(number.doubleValue());
            case null, default -> OptionalDouble.empty();
        };
    }

    Optional<String> text(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    static double rounded(double number, int digits) {
        if (!Double.isFinite(number)) {
            return number;
        }
        double scale = Math.pow(10, digits);
        return Math.round(number * scale) / scale;
    }

    /** So many digits as tell something. */
    static double rounded(double number) {
        double size = Math.abs(number);
        return rounded(number, size < 10 ? 3 : size < 1_000 ? 1 : 0);
    }

    String json() {
        StringBuilder json = new StringBuilder();
        write(json);
        return json.toString();
    }

    private void write(StringBuilder json) {
        json.append('{');
        members.forEach((name, value) -> {
            if (json.charAt(json.length() - 1) != '{') {
                json.append(',');
            }
            quote(json, name).append(':');
            switch (value) {
                case Figures figures -> figures.write(json);
                case String text -> quote(json, text);
                default -> json.append(value);
            }
        });
        json.append('}');
    }

    private static StringBuilder quote(StringBuilder json, String text) {
        json.append('"');
        text.chars().forEach(c -> {
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"');
    }
}
