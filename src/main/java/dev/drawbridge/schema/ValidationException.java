package dev.drawbridge.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A record that its type refuses. The message names the field path and what was expected there. */
public final class ValidationException extends Exception {
    private final List<String> path;

    public ValidationException(String message) {
        super(message);
        this.path = List.of();
    }

    ValidationException(String recordType, Violation violation) {
        super(violation.inside(recordType).path().stream()
                        .map(Violation::shorten)
                        .collect(Collectors.joining(".")) + ": " + violation.message());
        this.path = violation.path();
    }

    /** The keys and array indices that lead from the record to what is wrong; empty when it is the record itself. */
    public List<String> path() {
        return path;
    }
}
