package dev.drawbridge.schema;

import dev.drawbridge.json.Quoted;
import java.util.List;
import java.util.stream.Collectors;

/** A record that its type refuses. The message names the field path and what was expected there. */
public final class ValidationException extends Exception {
    private static final int LONGEST = 1_000;

    private final List<String> path;

    public ValidationException(String message) {
        super(Quoted.line(message, LONGEST));
        this.path = List.of();
    }

    ValidationException(String recordType, Violation violation) {
        super(violation.inside(recordType).path().stream().map(Quoted::bare).collect(Collectors.joining(".")) + ": "
                + violation.message());
        this.path = violation.path();
    }

    /** The keys and array indices that lead from the record to what is wrong; empty when it is the record itself. */
    public List<String> path() {
        return path;
    }
}
