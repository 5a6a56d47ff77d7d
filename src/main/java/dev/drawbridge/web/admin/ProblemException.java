package dev.drawbridge.web.admin;

import dev.drawbridge.json.Quoted;

/** A request that ends with a problem. The message is the problem's detail: it is for the caller. */
public final class ProblemException extends RuntimeException {
    private static final int LONGEST = 1_000;

    private final ProblemType type;

    public ProblemException(ProblemType type, String detail) {
        super(Quoted.line(detail, LONGEST), null, false, false);
        this.type = type;
    }

    static ProblemException invalidRequest(String detail) {
        return new ProblemException(ProblemType.INVALID_REQUEST, detail);
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
