package dev.drawbridge.room;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Who decides about the records of which types. */
public final class RecordAuthorizers {
    /** Nobody decides about single records. */
    public static final RecordAuthorizers NONE = new RecordAuthorizers(Map.of());

    private final Map<String, RecordAuthorizer> byType;

    private RecordAuthorizers(Map<String, RecordAuthorizer> byType) {
        this.byType = Map.copyOf(byType);
    }

    /**
     * Each for its types.
     *
     * @throws IllegalArgumentException if two decide about one type
     */
    public static RecordAuthorizers of(Collection<? extends RecordAuthorizer> authorizers) {
        Map<String, RecordAuthorizer> byType = new HashMap<>();
        for (RecordAuthorizer authorizer : authorizers) {
            for (String typeName : authorizer.typeNames()) {
                RecordAuthorizer other = byType.putIfAbsent(typeName, authorizer);
                if (other != null) {
                    throw new IllegalArgumentException("two decide about records of the type \"" + typeName + "\": "
                            + other.getClass().getName() + " and "
                            + authorizer.getClass().getName());
                }
            }
        }
        return new RecordAuthorizers(byType);
    }

    boolean isEmpty() {
        return byType.isEmpty();
    }

    Optional<RecordAuthorizer> of(String typeName) {
        return Optional.ofNullable(byType.get(typeName));
    }
}
