package dev.drawbridge.json;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random JSON values, with a liking for what goes wrong: odd keys, half surrogate pairs, numbers at the edges. */
public final class RandomJson {
    private static final List<String> TEXTS = List.of(
            "",
            "0",
            "1",
            "-1",
            "a",
            "props",
            "meta",
            "__proto__",
            "constructor",
            "toString",
            "hasOwnProperty",
            "\u0000",
            "\u2028\u2029",
            "\uFEFF",
            "\uFFFF",
            "\uD83D\uDE00",
            "\uD83D",
            "\uDE00",
            "\uDE00\uD83D",
            "\"\\/\b\f\n\r\t",
            "e\u0301",
            "\u00E9",
            "</script>");
    private static final double[] NUMBERS = {
        0,
        1,
        -1,
        0.1,
        1.5,
        1e21,
        1e-7,
        1e300,
        -1e300,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        9007199254740991d,
        9007199254740992d,
        9007199254740994d,
        0x1p62,
        0x1p63,
        -0x1p63,
        0x1p64,
        123456789012345680000d
    };

    private final RandomGenerator random;

    public RandomJson(RandomGenerator random) {
        this.random = random;
    }

    public JsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 6)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(random.nextBoolean());
            case 2, 3 -> JsonNumber.of(number());
            case 4, 5 -> JsonString.of(text());
            case 6 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    public JsonObject object(int depth) {
        JsonObject.Builder object = JsonObject.builder();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.put(text(), value(depth));
        }
        return object.build();
    }

    public JsonArray array(int depth) {
        List<JsonValue> items = new ArrayList<>();
        for (int i = random.nextInt(random.nextInt(5) == 0 ? 14 : 4); i > 0; i--) {
            items.add(value(depth));
        }
        return new JsonArray(items);
    }

    /** Always finite: JSON has no word for anything else. */
    public double number() {
        return switch (random.nextInt(5)) {
            case 0 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 1 -> random.nextInt(-10, 1000);
            case 2 -> random.nextInt(1_000_000) / 1000.0;
            case 3 -> random.nextLong();
            default -> anyDouble();
        };
    }

    /** Every finite double is as likely as any other. */
    public double anyDouble() {
        double number = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(number) ? number : anyDouble();
    }

    public String text() {
        return switch (random.nextInt(4)) {
            case 0, 1 -> TEXTS.get(random.nextInt(TEXTS.size()));
            case 2 -> "k" + random.nextInt(8);
            default -> units(random.nextInt(12));
        };
    }

    /** Any UTF-16 units, so that surrogates stand alone as often as not. */
    public String units(int length) {
        StringBuilder units = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            units.append(
                    switch (random.nextInt(4)) {
                        case 0 -> (char) random.nextInt(0xD800, 0xE000);
                        case 1 -> (char) random.nextInt(0x10000);
                        default -> (char) random.nextInt(0x80);
                    });
        }
        return units.toString();
    }

    /**
     * Another version of a value: now and then something else altogether, mostly the same with a part changed, a string
     * or an array with more at its end.
     */
    public JsonValue variation(JsonValue value, int depth) {
        if (random.nextInt(8) == 0) {
            return value(depth);
        }
        return switch (value) {
            case JsonString(String text) when random.nextBoolean() -> JsonString.of(text + text());
            case JsonArray array -> variation(array, depth);
            case JsonObject object -> variation(object, depth);
            default -> random.nextInt(3) == 0 ? value(depth) : value;
        };
    }

    public JsonObject variation(JsonObject object, int depth) {
        JsonObject.Builder varied = JsonObject.builder();
        object.entries().forEach(member -> {
            if (random.nextInt(8) != 0) {
                varied.put(
                        member.getKey(),
                        random.nextInt(3) == 0 ? variation(member.getValue(), depth - 1) : member.getValue());
            }
        });
        if (random.nextInt(4) == 0) {
            varied.put(text(), value(Math.max(depth - 1, 0)));
        }
        return varied.build();
    }

    private JsonArray variation(JsonArray array, int depth) {
        List<JsonValue> items = new ArrayList<>(array.items());
        switch (random.nextInt(4)) {
            case 0 -> items.addAll(array(Math.max(depth - 1, 0)).items());
            case 1 ->
                items.subList(random.nextInt(items.size() + 1), items.size()).clear();
            default -> {
                for (int i = random.nextInt(3); i > 0 && !items.isEmpty(); i--) {
                    int index = random.nextInt(items.size());
                    items.set(index, variation(items.get(index), Math.max(depth - 1, 0)));
                }
            }
        }
        return new JsonArray(items);
    }
}
