package dev.drawbridge.events.hooks;

/**
 * What is brought to a receiver.
 *
 * @param id its name, the same each time it is brought
 * @param body JSON in UTF-8
 */
@SuppressWarnings("ArrayRecordComponent")
public record Letter(Webhook to, String id, byte[] body) {}
