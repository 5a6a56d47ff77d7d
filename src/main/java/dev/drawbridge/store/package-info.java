/**
 * Where rooms are kept: the contract, {@link dev.drawbridge.store.RoomStore}, and one package for each home.
 *
 * <p>The rule of this floor: it keeps what it is given and understands nothing of it.
 */
@NullMarked
package dev.drawbridge.store;

import org.jspecify.annotations.NullMarked;
