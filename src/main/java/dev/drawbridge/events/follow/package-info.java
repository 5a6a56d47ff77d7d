/**
 * The log as it grows, read once on each node for all who follow it. Whoever follows is a place in the log and no queue: one
 * that is slow costs nothing but what it is just being given, and holds nobody up.
 */
@NullMarked
package dev.drawbridge.events.follow;

import org.jspecify.annotations.NullMarked;
