package dev.drawbridge.security;

/**
 * Decides who may enter which room. A Spring bean of this type replaces what {@code drawbridge.access.mode} offers.
 *
 * <p>It is asked once for each socket, on a virtual thread, and may wait. Nothing the client sends is read before it has
 * answered. What it throws counts as {@link AccessDecision.Unavailable}: nobody enters by mistake.
 */
@FunctionalInterface
public interface RoomAccess {

    AccessDecision decide(AccessRequest request);
}
