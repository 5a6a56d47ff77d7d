/**
 * The doors for images and videos: uploads and downloads.
 *
 * <p>The rule of this floor: it speaks HTTP, and leaves to {@code assets} what is taken and kept.
 */
@NullMarked
package dev.drawbridge.web.assets;

import org.jspecify.annotations.NullMarked;
