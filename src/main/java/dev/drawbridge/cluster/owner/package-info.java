/**
 * The owner's side of a link: clients whose sockets are at another node take part in rooms that are open here.
 *
 * <p>The rule of this package: a session that comes over a link is like one that has its socket here; what is different is
 * only where what it says comes from, and where what it is told goes.
 */
@NullMarked
package dev.drawbridge.cluster.owner;

import org.jspecify.annotations.NullMarked;
