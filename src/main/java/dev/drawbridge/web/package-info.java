/**
 * The doors: WebSocket, pages.
 *
 * <p>The rule of this floor: it translates between Spring and the host, and decides nothing.
 */
@NullMarked
package dev.drawbridge.web;

import org.jspecify.annotations.NullMarked;
