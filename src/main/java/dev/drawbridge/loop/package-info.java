/**
 * The few threads on which sockets are read and written and rooms are run, one a core.
 *
 * <p>The rule of this package: nothing that runs on a loop waits, for a client, a store or another loop; and what may take
 * long is done elsewhere. A room and its sockets keep to one loop, so that an edit comes in, is applied and goes out without
 * being handed from thread to thread.
 */
@NullMarked
package dev.drawbridge.loop;

import org.jspecify.annotations.NullMarked;
