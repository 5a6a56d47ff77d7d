package dev.drawbridge.diff;

/** A part of a diff that has not the form of §5, so that nothing sensible can be done with it. */
public final class MalformedDiffException extends Exception {

    MalformedDiffException(String message) {
        super(message);
    }
}
