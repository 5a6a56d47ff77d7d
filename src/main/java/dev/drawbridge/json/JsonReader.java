package dev.drawbridge.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Makes values of the tokens of one text. */
final class JsonReader {
    private final JsonParser parser;
    private final Names names = new Names();

    JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    JsonValue document(int maxDepth) throws JsonException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonException.Malformed("no JSON at all");
        }
        JsonValue value = value(first, maxDepth);
        if (parser.nextToken() != null) {
            throw new JsonException.Malformed("more after the end of the JSON value");
        }
        return value;
    }

    /** The value that starts with a token, the parser's current one. */
    JsonValue value(JsonToken token, int depthLeft) throws JsonException.TooDeep {
        return switch (token) {
            case START_OBJECT -> object(depthLeft - 1);
            case START_ARRAY -> array(depthLeft - 1);
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT -> new JsonNumber(integer());
            case VALUE_NUMBER_FLOAT -> new JsonNumber(Double.parseDouble(parser.getString()));
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            default -> throw new IllegalStateException("not the start of a JSON value: " + token);
        };
    }

    private JsonObject object(int depthLeft) throws JsonException.TooDeep {
        checkDepth(depthLeft);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            members.put(names.shared(name), value(parser.nextToken(), depthLeft));
        }
        return JsonObject.owning(members);
    }

    private JsonArray array(int depthLeft) throws JsonException.TooDeep {
        checkDepth(depthLeft);
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token, depthLeft));
        }
        return new JsonArray(items);
    }

    private static void checkDepth(int depthLeft) throws JsonException.TooDeep {
        if (depthLeft < 0) {
            throw new JsonException.TooDeep();
        }
    }

    /** The parser's own way to a double goes through BigInteger, which takes quadratic time on long literals. */
    private double integer() {
        return parser.getStringLength() <= 18 ? parser.getLongValue() : Double.parseDouble(parser.getString());
    }
}
