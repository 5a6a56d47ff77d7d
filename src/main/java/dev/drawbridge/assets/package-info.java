/**
 * Images and videos that drawings show: where they are kept, what they are, and who may still bring one.
 *
 * <p>The rule of this floor: an asset is there as a whole or not at all, and no room knows of it. It uses neither Spring nor
 * sockets.
 */
@NullMarked
package dev.drawbridge.assets;

import org.jspecify.annotations.NullMarked;
