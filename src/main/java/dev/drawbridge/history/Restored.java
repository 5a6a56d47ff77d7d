package dev.drawbridge.history;

/**
 * A version has been brought back.
 *
 * @param documentClock the clock of the room since then
 * @param before the version that shows what was there before; when people drew until the last moment, with that in it
 */
public record Restored(long documentClock, Version before) {}
