/**
 * The edge's side of a link: clients whose sockets are here take part in rooms that another node has open.
 *
 * <p>The rule of this package: nothing that a client says or is told is looked into here; it is carried. What waits for a
 * client's socket waits here, as for any other.
 */
@NullMarked
package dev.drawbridge.cluster.edge;

import org.jspecify.annotations.NullMarked;
