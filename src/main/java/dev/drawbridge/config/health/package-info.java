/**
 * Whether this node is fit for work, and what it is. Whoever can reach the port may read it: it names no rooms, no people,
 * no addresses and no folders.
 */
@NullMarked
package dev.drawbridge.config.health;

import org.jspecify.annotations.NullMarked;
