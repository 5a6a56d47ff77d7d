/**
 * Files that are there as a whole or not at all, also after a power cut.
 *
 * <p>The rule of this floor: what others may see appears with one rename, and it knows nothing of what is in a file.
 */
@NullMarked
package dev.drawbridge.files;

import org.jspecify.annotations.NullMarked;
