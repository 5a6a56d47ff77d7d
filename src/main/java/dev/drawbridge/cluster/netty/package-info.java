/**
 * Links over TCP, by Netty: frames behind their length, all of a link on one connection.
 *
 * <p>The rule of this package: it moves bytes and knows who the other end is; what the frames mean it does not know.
 */
@NullMarked
package dev.drawbridge.cluster.netty;

import org.jspecify.annotations.NullMarked;
