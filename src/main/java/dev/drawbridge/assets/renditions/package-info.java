/**
 * Images in the sizes that people look at: made of an asset when somebody asks, once, and kept with it as a variant.
 *
 * <p>The rule of this floor: whatever an image is and however busy the server, the answer is at worst the original, and no
 * image takes more memory or more time than was set aside for one.
 */
@NullMarked
package dev.drawbridge.assets.renditions;

import org.jspecify.annotations.NullMarked;
