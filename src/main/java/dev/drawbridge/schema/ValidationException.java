package dev.drawbridge.schema;

import java.util.List;

/** A record that its type refuses. The message names the field path and what was expected there. */
public final class ValidationException extends Exception {
    private final List<String> path;

    public ValidationException(String message) {
        super(message);
        this.path = List.of();
    }

    ValidationException(String recordType, Violation violation) {
        super(String.join(".", violation.inside(recordType).path()) + ": " + violation.message());
        this.path = violation.path();
    }

    /** The keys and array indices that lead from the record to what is wrong; empty when it is the record itself. */
    public List<String> path() {
        return path;
    }
}
