package dev.drawbridge.schema.file;

import java.util.Objects;

/**
 * A schema file that cannot be used. The message is one sentence: the file, the place in it as a JSON Pointer, what is wrong
 * there, and what is allowed.
 */
public final class SchemaFileException extends Exception {

    SchemaFileException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
