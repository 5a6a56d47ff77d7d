package dev.drawbridge.schema;

/**
 * Hears of shapes, bindings and assets of types that a schema does not have, and that are taken unseen: only what all of
 * their kind have in common is checked.
 */
@FunctionalInterface
public interface UnknownTypes {

    /**
     * A record was taken unseen. Called for each of them, by any thread.
     *
     * @param typeName what kind it is: {@code shape}, {@code binding} or {@code asset}
     * @param type the type that is unknown, as somebody wrote it
     */
    void taken(String typeName, String type);
}
