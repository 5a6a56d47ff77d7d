/**
 * Assets as files.
 *
 * <p>The rule of this floor: what others may see appears and goes by one rename each, when all of it is on the disk.
 */
@NullMarked
package dev.drawbridge.assets.files;

import org.jspecify.annotations.NullMarked;
