/**
 * What has happened in rooms, for whoever is not in them: it is written down once, in each room's order, and from there it
 * is followed and sent on. No room waits for it, and no room knows it.
 */
@NullMarked
package dev.drawbridge.events;

import org.jspecify.annotations.NullMarked;
