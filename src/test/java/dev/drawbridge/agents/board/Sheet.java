package dev.drawbridge.agents.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** A board in a test: what is done is checked against the schema, and done to its records. */
final class Sheet {
    final StoreSchema schema;
    final ShapeKinds kinds;
    final Map<String, JsonObject> records = new LinkedHashMap<>();
    private final Random random;

    Sheet() {
        this(TldrawSchema.create(), 1);
    }

    Sheet(StoreSchema schema, long seed) {
        this.schema = schema;
        this.kinds = ShapeKinds.of(schema);
        this.random = new Random(seed);
        TldrawSchema.initialRecords().forEach(this::put);
    }

    void put(JsonObject record) {
        records.put(Props.id(record), record);
    }

    Board board() {
        return Board.of(records.values());
    }

    BoardEditor editor() {
        return new BoardEditor(board(), kinds, random);
    }

    String text() {
        return BoardText.of(board(), BoardText.Options.ALL);
    }

    /** Where a shape is on its page. */
    Box box(String id) {
        return Objects.requireNonNull(board().boxes("page:page").get("shape:" + id), id);
    }

    JsonObject shape(String id) {
        return Objects.requireNonNull(records.get("shape:" + id), id);
    }

    JsonObject props(String id) {
        return Props.of(shape(id));
    }

    List<JsonObject> bindings() {
        return records.values().stream()
                .filter(record -> "binding".equals(record.string("typeName")))
                .toList();
    }

    Edited.Done create(String... drafts) {
        return done(editor().create(json(drafts), Optional.empty()));
    }

    Edited.Done update(String... changes) {
        return done(editor().update(json(changes)));
    }

    Edited.Done connect(String... connections) {
        return done(editor().connect(json(connections)));
    }

    Edited.Done delete(String... ids) {
        return done(editor().delete(List.of(ids)));
    }

    List<String> refusedCreate(String... drafts) {
        return refused(editor().create(json(drafts), Optional.empty()));
    }

    List<String> refusedUpdate(String... changes) {
        return refused(editor().update(json(changes)));
    }

    List<String> refusedConnect(String... connections) {
        return refused(editor().connect(json(connections)));
    }

    static List<String> refused(Edited edited) {
        assertThat(edited).isInstanceOf(Edited.Refused.class);
        return ((Edited.Refused) edited).problems().stream().map(Problem::text).toList();
    }

    /** Makes the edit, which has to be one. */
    Edited.Done done(Edited edited) {
        if (edited instanceof Edited.Refused(List<Problem> problems)) {
            throw new AssertionError(
                    String.join("\n", problems.stream().map(Problem::text).toList()));
        }
        Edited.Done done = (Edited.Done) edited;
        for (JsonObject record : done.edit().puts()) {
            try {
                schema.validate(records.get(Props.id(record)), record);
            } catch (ValidationException e) {
                throw new AssertionError(record.toString(), e);
            }
            put(record);
        }
        assertThat(records.keySet()).containsAll(done.edit().deletes());
        done.edit().deletes().forEach(records::remove);
        assertWhole();
        return done;
    }

    /** Nothing hangs on what is not there, as tldraw's own store has it. */
    private void assertWhole() {
        for (JsonObject record : records.values()) {
            for (String reference : new ArrayList<>(List.of("parentId", "fromId", "toId"))) {
                if (record.get(reference) instanceof JsonString(String id)) {
                    assertThat(records).as("%s of %s", reference, record).containsKey(id);
                }
            }
        }
    }

    static List<JsonObject> json(String... texts) {
        return Arrays.stream(texts).map(Sheet::parse).toList();
    }

    static JsonObject parse(String text) {
        try {
            return (JsonObject) Json.parse(text.replace('\'', '"'));
        } catch (JsonException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
