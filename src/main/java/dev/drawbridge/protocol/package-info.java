/**
 * What goes over the wire: frames and chunks, client messages in, server messages out, close reasons (§2, §3, §4, §7).
 *
 * <p>The rule of this floor: text comes in and bytes go out; nothing here knows what a room does with them.
 */
@NullMarked
package dev.drawbridge.protocol;

import org.jspecify.annotations.NullMarked;
