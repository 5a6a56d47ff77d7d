/**
 * A bucket of S3, or of what is compatible with it, and whether it does what is built on it.
 *
 * <p>The rule of this floor: it knows objects and conditions, and nothing of what they are for. Whatever fails is an
 * {@link dev.drawbridge.s3.S3Exception} with a sentence for whoever operates the server.
 */
@NullMarked
package dev.drawbridge.s3;

import org.jspecify.annotations.NullMarked;
