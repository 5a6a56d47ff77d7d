/**
 * Sends events to those who want to be called: in each room's order, until they have them or nobody believes in it any
 * more. What is to be sent is in the store; here is only what is under way, so that a crash costs nothing but a repetition.
 */
@NullMarked
package dev.drawbridge.events.hooks;

import org.jspecify.annotations.NullMarked;
