/**
 * Versions in files or in a bucket, beside a store of rooms that is no place for them.
 *
 * <p>The rule of this floor: a blob is there as a whole or not at all, and a version is there with its description, which is
 * written last and removed first.
 */
@NullMarked
package dev.drawbridge.history.blobs;

import org.jspecify.annotations.NullMarked;
