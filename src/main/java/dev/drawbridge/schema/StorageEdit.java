package dev.drawbridge.schema;

import java.util.random.RandomGenerator;

/** What one version of a migration does to all records of a store at once. It leads up only. */
@FunctionalInterface
public interface StorageEdit {
    void apply(StoredRecords records, RandomGenerator random);
}
