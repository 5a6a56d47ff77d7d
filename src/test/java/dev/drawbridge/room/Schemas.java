package dev.drawbridge.room;

import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.string;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.tldraw.Styles;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The schemas that tests speak: ours, and those that older tldraw clients really send. */
public final class Schemas {
    public static final StoreSchema OURS = TldrawSchema.create();

    /** Seventeen migrations behind ours; it does not know users, outlines of no dash, lined fills. */
    public static final SerializedSchema V4_2_3 = read("4.2.3");

    /** Seven migrations behind ours; it does not know users, nor outlines of no dash. */
    public static final SerializedSchema V4_5_12 = read("4.5.12");

    /** Four migrations behind ours: geo/12, note/13, draw/5, highlight/4. */
    public static final SerializedSchema V5_0_1 = read("5.0.1");

    /** One migration behind ours: geo/12. */
    public static final SerializedSchema V5_2_4 = read("5.2.4");

    /** Tldraw's schema with cards, which have an outline, and with pins, which are bindings. */
    static final StoreSchema WITH_CARDS = TldrawSchema.builder()
            .subtype(Subtype.shape("card").props(field("title", string()), field("outline", Styles.DASH)))
            .subtype(Subtype.binding("pin").props())
            .build();

    private Schemas() {}

    /** The schema of a client that knows cards and pins besides what another one knows. */
    static SerializedSchema withCards(SerializedSchema schema) {
        JsonObject sequences = schema.json().get("sequences") instanceof JsonObject object ? object : JsonObject.EMPTY;
        return new SerializedSchema(schema.json()
                .with(
                        "sequences",
                        sequences.toBuilder()
                                .put("com.tldraw.shape.card", 0)
                                .put("com.tldraw.binding.pin", 0)
                                .build()));
    }

    /** Our schema with one sequence at another version. */
    public static SerializedSchema oursWith(String sequence, int version) {
        JsonObject ours = OURS.serialize().json();
        JsonObject sequences = ours.get("sequences") instanceof JsonObject object ? object : JsonObject.EMPTY;
        return new SerializedSchema(ours.with(
                "sequences", sequences.toBuilder().put(sequence, version).build()));
    }

    private static SerializedSchema read(String version) {
        try (InputStream resource = Schemas.class.getResourceAsStream("/schema/serialized/" + version + ".json")) {
            if (resource == null) {
                throw new IllegalStateException("no schema of " + version);
            }
            return SerializedSchema.read(Json.parse(resource.readAllBytes())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonException e) {
            throw new IllegalStateException(e);
        }
    }
}
