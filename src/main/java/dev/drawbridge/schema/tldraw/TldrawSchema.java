package dev.drawbridge.schema.tldraw;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.CodeMigrator;
import dev.drawbridge.schema.MigrationSequence;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.StyleProperty;
import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.UnknownTypes;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The schema of tldraw, as it is or with custom shapes, bindings, assets and record types (§9). */
public final class TldrawSchema {
    /** The release of tldraw whose default schema this is. */
    public static final String RELEASE = "5.4.2";

    private TldrawSchema() {}

    /** The default schema. */
    public static StoreSchema create() {
        return builder().build();
    }

    /** The default schema, to be extended. */
    public static Builder builder() {
        return new Builder();
    }

    /** What a new room contains (§11): a document with one page. */
    public static List<JsonObject> initialRecords() {
        return List.of(
                JsonObject.builder()
                        .put("gridSize", 10)
                        .put("name", "")
                        .put("meta", JsonObject.EMPTY)
                        .put("id", "document:document")
                        .put("typeName", "document")
                        .build(),
                JsonObject.builder()
                        .put("meta", JsonObject.EMPTY)
                        .put("id", "page:page")
                        .put("name", "Page 1")
                        .put("index", "a1")
                        .put("typeName", "page")
                        .build());
    }

    /** Collects what a whiteboard has beyond the default schema. What does not fit together is refused by {@link #build}. */
    public static final class Builder {
        private final Map<String, Subtype> shapes = byType(
                ArrowShape.TYPE,
                BookmarkShape.TYPE,
                DrawShape.TYPE,
                EmbedShape.TYPE,
                FrameShape.TYPE,
                GeoShape.TYPE,
                GroupShape.TYPE,
                HighlightShape.TYPE,
                ImageShape.TYPE,
                LineShape.TYPE,
                NoteShape.TYPE,
                TextShape.TYPE,
                VideoShape.TYPE);
        private final Map<String, Subtype> bindings = byType(ArrowBinding.TYPE);
        private final Map<String, Subtype> assets = byType(ImageAsset.TYPE, VideoAsset.TYPE, BookmarkAsset.TYPE);
        private final Map<String, RecordType> records = new LinkedHashMap<>();
        private final StoreSchema.Builder schema = StoreSchema.builder();
        private @Nullable UnknownTypes unknown;

        private Builder() {
            for (RecordType type : List.of(
                    CameraRecord.TYPE,
                    DocumentRecord.TYPE,
                    InstanceRecord.TYPE,
                    InstancePageStateRecord.TYPE,
                    PageRecord.TYPE,
                    PresenceRecord.TYPE,
                    PointerRecord.TYPE,
                    UserRecord.TYPE)) {
                records.put(type.typeName(), type);
            }
        }

        private static Map<String, Subtype> byType(Subtype... subtypes) {
            Map<String, Subtype> byType = new LinkedHashMap<>();
            for (Subtype subtype : subtypes) {
                byType.put(subtype.type(), subtype);
            }
            return byType;
        }

        /**
         * Adds a shape, a binding or an asset.
         *
         * @throws IllegalArgumentException if there is one of that name
         */
        public Builder subtype(Subtype subtype) {
            if (subtypes(subtype.typeName()).putIfAbsent(subtype.type(), subtype) != null) {
                throw new IllegalArgumentException(
                        subtype.typeName() + " \"" + subtype.type() + "\" is declared twice");
            }
            return this;
        }

        /** Puts a changed shape, binding or asset in the place of the one of that name: tldraw's own, or an added one. */
        public Builder changeSubtype(String typeName, String type, UnaryOperator<Subtype> change) {
            subtypes(typeName).computeIfPresent(type, (name, subtype) -> change.apply(subtype));
            return this;
        }

        /** The shape, binding or asset of that name; empty when there is none. */
        public Optional<Subtype> subtype(String typeName, String type) {
            return Optional.ofNullable(subtypes(typeName).get(type));
        }

        private Map<String, Subtype> subtypes(String typeName) {
            return switch (typeName) {
                case "shape" -> shapes;
                case "binding" -> bindings;
                default -> assets;
            };
        }

        /** Puts a changed record type in the place of tldraw's own of that name. */
        public Builder changeRecordType(String typeName, UnaryOperator<RecordType> change) {
            records.computeIfPresent(typeName, (name, type) -> change.apply(type));
            return this;
        }

        /** Tldraw's own record type of that name, but for those that have kinds; empty when it has none. */
        public Optional<RecordType> recordType(String typeName) {
            return Optional.ofNullable(records.get(typeName));
        }

        /** Adds a record type that tldraw does not have. */
        public Builder recordType(RecordType type) {
            schema.recordType(type);
            return this;
        }

        /** Adds tldraw's comments: threads, comments and reactions. */
        public Builder comments() {
            Comments.TYPES.forEach(schema::recordType);
            return this;
        }

        /** Adds a migration sequence that belongs to no single type. */
        public Builder migrations(MigrationSequence sequence) {
            schema.migrations(sequence);
            return this;
        }

        /** Where migrations take random ids and indices from; it must bear many threads. */
        public Builder random(RandomGenerator random) {
            schema.random(random);
            return this;
        }

        /**
         * Shapes, bindings and assets of other types are taken unseen, and clients that know more than this schema are
         * welcome: for development.
         */
        public Builder acceptUnknownTypes(UnknownTypes heard) {
            unknown = heard;
            schema.acceptUnknownSequences();
            return this;
        }

        /** Who runs the migrations that are code. */
        public Builder codeMigrator(CodeMigrator migrator) {
            schema.codeMigrator(migrator);
            return this;
        }

        /**
         * The schema, if everything fits together.
         *
         * @throws IllegalArgumentException if a name or a style id is taken, or a dependency is unknown or circular
         */
        public StoreSchema build() {
            Widenings.of(shapes.values()).forEach(schema::widening);
            PresenceRecord.USER_IDS.forEach(schema::bareIds);
            schema.migrations(StoreMigrations.SEQUENCE)
                    .recordType(AssetRecord.type(assets.values(), unknown))
                    .recordType(BindingRecord.type(bindings.values(), unknown))
                    .recordType(ShapeRecord.type(shapes.values(), unknown));
            Collection<StyleProperty> styles = stylesOf(shapes.values());
            changeRecordType("instance", instance -> InstanceRecord.withStyles(instance, styles));
            records.values().forEach(schema::recordType);
            return schema.build();
        }

        private static Collection<StyleProperty> stylesOf(Collection<Subtype> shapes) {
            Map<String, StyleProperty> styles = new LinkedHashMap<>();
            for (Subtype shape : shapes) {
                Set<StyleProperty> used = new HashSet<>();
                for (StyleProperty style : shape.styles()) {
                    if (!used.add(style)) {
                        throw new IllegalArgumentException(
                                "shape \"" + shape.type() + "\" has the style " + style.id() + " twice");
                    }
                    StyleProperty known = styles.putIfAbsent(style.id(), style);
                    if (known != null && known != style) {
                        throw new IllegalArgumentException("two different styles have the id " + style.id());
                    }
                }
            }
            return styles.values();
        }
    }
}
