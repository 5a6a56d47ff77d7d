package dev.drawbridge.schema;

/** A named member of an object. */
public record Field(String name, Validator validator) {

    public static Field field(String name, Validator validator) {
        return new Field(name, validator);
    }
}
