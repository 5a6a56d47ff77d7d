package dev.drawbridge.schema;

import java.util.function.Supplier;

/** The schema that rooms are opened with from now on. A room that is open keeps the one that it was opened with. */
public final class CurrentSchema implements Supplier<StoreSchema> {
    private volatile StoreSchema schema;

    public CurrentSchema(StoreSchema first) {
        this.schema = first;
    }

    @Override
    public StoreSchema get() {
        return schema;
    }

    /** From now on it is this one. What it means for stores of the one before is known already ({@link SchemaChange}). */
    public void replace(StoreSchema next) {
        schema = next;
    }
}
