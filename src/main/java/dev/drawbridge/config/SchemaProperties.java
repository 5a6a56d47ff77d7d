package dev.drawbridge.config;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which types of records rooms may have, beside those of tldraw.
 *
 * @param files schema files that describe types of your own: paths, or patterns such as {@code file:./types/*.json} and {@code
 *     classpath:types/*.json}
 * @param unknownTypes what becomes of shapes, bindings and assets of a type that this server does not know: {@code refuse}
 *     sends away who brings one, {@code accept} takes them unseen, for development
 * @param comments whether there are tldraw's comments, as records of the object lane, with their rules of authorship
 * @param objectTypes further record types of the object lane: whoever may comment can change these, though they may not edit, and putting
 *     back an earlier document leaves them as they are
 */
@ConfigurationProperties("drawbridge.schema")
public record SchemaProperties(
        @DefaultValue List<String> files,
        @DefaultValue("refuse") Unknown unknownTypes,
        @DefaultValue("false") boolean comments,
        @DefaultValue List<String> objectTypes) {

    /** What becomes of types that are not known. */
    public enum Unknown {
        /** Who brings one is refused with {@code INVALID_RECORD}. */
        REFUSE,
        /** Only what all shapes, bindings and assets have in common is checked; props and meta are any JSON. */
        ACCEPT
    }
}
