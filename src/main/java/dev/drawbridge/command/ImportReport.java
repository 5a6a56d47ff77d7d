package dev.drawbridge.command;

import dev.drawbridge.host.RoomImport;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an import has taken, and what not, and why. */
final class ImportReport {
    private final List<JsonValue> files = new ArrayList<>();
    private int taken;
    private int skipped;
    private int notTaken;
    private int ignored;

    int notTaken() {
        return notTaken;
    }

    /** A room was taken; in a line. */
    String taken(Path file, String room, RoomImport.Outcome outcome) {
        taken++;
        JsonObject.Builder leftOut = JsonObject.builder();
        outcome.leftOut().forEach((type, count) -> leftOut.put(type, JsonNumber.of(count)));
        files.add(entry(file, Optional.of(room), outcome.created() ? "created" : "replaced")
                .put("records", JsonNumber.of(outcome.records()))
                .put("leftOut", leftOut.build())
                .put("historyKept", JsonBoolean.of(outcome.goesOn()))
                .put("documentClock", JsonNumber.of((double) outcome.documentClock()))
                .build());
        return room + ": " + (outcome.created() ? "taken, " : "replaced, ") + outcome.records() + " records"
                + (outcome.goesOn() ? ", with its history" : "") + leftOut(outcome.leftOut());
    }

    private static String leftOut(Map<String, Integer> leftOut) {
        if (leftOut.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("; left out, because they never leave a client: ");
        String separator = "";
        for (Map.Entry<String, Integer> each : leftOut.entrySet()) {
            text.append(separator).append(each.getValue()).append(' ').append(each.getKey());
            separator = ", ";
        }
        return text.toString();
    }

    /** A room is there already, and stays. */
    String skipped(Path file, String room) {
        skipped++;
        files.add(entry(file, Optional.of(room), "skipped").build());
        return room + ": skipped, it is there already";
    }

    String notTaken(Path file, Optional<String> room, String why) {
        notTaken++;
        files.add(entry(file, room, "not taken").put("why", new JsonString(why)).build());
        return file.getFileName() + ": NOT TAKEN: " + why;
    }

    /** It is nothing that a room could be in. */
    void ignored(Path file) {
        ignored++;
        files.add(entry(file, Optional.empty(), "ignored").build());
    }

    private static JsonObject.Builder entry(Path file, Optional<String> room, String result) {
        JsonObject.Builder entry = JsonObject.builder().put("file", new JsonString(file.toString()));
        room.ifPresent(id -> entry.put("room", new JsonString(id)));
        return entry.put("result", new JsonString(result));
    }

    String summary() {
        return taken + " taken" + (skipped > 0 ? ", " + skipped + " skipped" : "")
                + (notTaken > 0 ? ", " + notTaken + " NOT TAKEN" : "")
                + (ignored > 0 ? ", " + ignored + " files of other kinds left alone" : "");
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("taken", JsonNumber.of(taken))
                .put("skipped", JsonNumber.of(skipped))
                .put("notTaken", JsonNumber.of(notTaken))
                .put("ignored", JsonNumber.of(ignored))
                .put("files", new JsonArray(files))
                .build();
    }
}
