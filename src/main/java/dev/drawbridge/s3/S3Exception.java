package dev.drawbridge.s3;

import dev.drawbridge.json.Quoted;
import java.util.Objects;

/** S3 cannot do what it was asked; the message tells an operator what is wrong. Each floor above makes its own of it. */
public class S3Exception extends RuntimeException {
    private static final int LONGEST = 1_000;

    S3Exception(String message) {
        super(Quoted.line(message, LONGEST));
    }

    S3Exception(String message, Throwable cause) {
        super(Quoted.line(message, LONGEST), cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), "");
    }
}
