/**
 * Assets in S3, or in what is compatible with it.
 *
 * <p>The rule of this floor: what others may see appears and goes with one conditional write, that of its description.
 */
@NullMarked
package dev.drawbridge.assets.s3;

import org.jspecify.annotations.NullMarked;
