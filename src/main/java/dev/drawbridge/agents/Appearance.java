package dev.drawbridge.agents;

import dev.drawbridge.agents.board.Pointing;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What people see of an agent: a record of tldraw's presence. It is somebody of its own, also when it works for a person:
 * tldraw shows nobody their own cursor.
 */
record Appearance(String userId, String name, String color) {
    private static final int LONGEST_NAME = 80;
    private static final int ID_BYTES = 12;

    /** A presence is small; of a large selection the first are shown. */
    private static final int MOST_CHARACTERS_SELECTED = 8_000;

    private static final String A_PAGE = "page:page";

    static Appearance of(Agent agent) {
        // Whoever knows a session's id can take its place, and everybody sees who is there: so it is not told.
        String id = HexFormat.of().formatHex(sha256(agent.sessionId()), 0, ID_BYTES);
        return new Appearance("user:agent-" + id, shortened(agent.name()), color(agent.name()));
    }

    private static String shortened(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
    }

    /** The same name has the same colour everywhere: a hue, dark enough for white letters. */
    private static String color(String name) {
        byte[] hash = sha256(name);
        double hue = (((hash[0] & 0xff) << 8) | (hash[1] & 0xff)) / 65_536.0 * 6;
        return String.format(Locale.ROOT, "#%02X%02X%02X", channel(hue, 0), channel(hue, 4), channel(hue, 2));
    }

    /** A channel of a colour with that hue, from 0 to 6, with three quarters of saturation and somewhat less than half of lightness. */
    private static int channel(double hue, double shift) {
        double distance = Math.abs((hue - shift + 9) % 6 - 3);
        return (int) Math.round(28 + 170 * Math.clamp(2 - Math.abs(3 - distance), 0, 1));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The record; its id is the room's to give.
     *
     * @param at where it is; without a cursor when that is not known
     */
    JsonObject record(Optional<Pointing> at, Instant now) {
        return JsonObject.builder()
                .put("id", "instance_presence:agent")
                .put("typeName", "instance_presence")
                .put("userId", userId)
                .put("userName", name)
                .put("color", color)
                .put("lastActivityTimestamp", now.toEpochMilli())
                .put("followingUserId", JsonNull.NULL)
                .put("cursor", at.map(Appearance::cursor).orElse(JsonNull.NULL))
                .put("camera", JsonNull.NULL)
                .put("screenBounds", JsonNull.NULL)
                .put(
                        "selectedShapeIds",
                        new JsonArray(at.map(Appearance::selected).orElse(List.of())))
                .put("currentPageId", at.map(Pointing::pageId).orElse(A_PAGE))
                .put("brush", JsonNull.NULL)
                .put("scribbles", new JsonArray(List.of()))
                .put("chatMessage", "")
                .put("meta", JsonObject.builder().put("agent", true).build())
                .build();
    }

    private static JsonValue cursor(Pointing at) {
        return JsonObject.builder()
                .put("x", at.x())
                .put("y", at.y())
                .put("type", "default")
                .put("rotation", 0)
                .build();
    }

    private static List<JsonValue> selected(Pointing at) {
        List<JsonValue> selected = new ArrayList<>();
        int characters = 0;
        for (String id : at.selected()) {
            characters += id.length();
            if (characters > MOST_CHARACTERS_SELECTED) {
                break;
            }
            selected.add(new JsonString(id));
        }
        return selected;
    }
}
