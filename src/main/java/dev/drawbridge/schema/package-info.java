/**
 * What a record may look like, and how records of other versions become ours and back: record types, validators,
 * migrations, and the {@link dev.drawbridge.schema.StoreSchema} that joins them.
 *
 * <p>The rule of this floor: pure functions over immutable JSON values; no I/O, no Spring.
 */
@NullMarked
package dev.drawbridge.schema;

import org.jspecify.annotations.NullMarked;
