package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.change;
import static dev.drawbridge.schema.Edit.set;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.primitives.UrlRules;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Changes that several types have been through. */
final class PropertyEdits {
    /** An empty record of application data. */
    static final Edit ADD_META = set("meta", JsonObject.EMPTY);

    /** The plain text becomes rich text, one paragraph a line. It has no way back: clients without it must update. */
    static final Edit TEXT_TO_RICH_TEXT =
            Edit.move("text", "richText").and(change("richText", text -> RichText.of(Js.string(text))));

    /** Rich text had no attributes. */
    static final Edit WITHOUT_RICH_TEXT_ATTRS = change("richText", PropertyEdits::withoutAttrs);

    /** Alignment came to mean something else; old shapes keep theirs under another name. */
    static final Edit MIGRATE_LEGACY_ALIGN = change("align", PropertyEdits::legacyAlign);

    static final Edit REMOVE_JUSTIFY = Edit.replace("align", "justify", "start");

    static final Edit MAKE_LINK_URL_VALID = emptyUnless("url", UrlRules::isLinkUrl);

    static final Edit MAKE_SRC_VALID = emptyUnless("src", UrlRules::isSrcUrl);

    /** A file size of -1 meant that it is not known. */
    static final Edit UNKNOWN_FILE_SIZE_TO_NONE = change("fileSize", size -> Js.is(size, -1) ? null : size);

    static final Edit NO_FILE_SIZE_TO_UNKNOWN = change("fileSize", size -> size == null ? JsonNumber.of(-1) : size);

    private PropertyEdits() {}

    /** Sets a text to the empty one unless it is what it should be. */
    static Edit emptyUnless(String key, Predicate<String> valid) {
        return change(
                key, value -> value instanceof JsonString(String text) && valid.test(text) ? value : JsonString.of(""));
    }

    private static @Nullable JsonValue withoutAttrs(@Nullable JsonValue richText) {
        return switch (richText) {
            case null -> null;
            case JsonArray array -> array;
            default -> richText.isFalsy() ? richText : Js.object(richText).without("attrs");
        };
    }

    private static JsonValue legacyAlign(@Nullable JsonValue align) {
        boolean aside = Js.is(align, "start") || Js.is(align, "end");
        return JsonString.of((aside ? Js.string(align) : "middle") + "-legacy");
    }
}
