package dev.drawbridge.config;

import java.util.Optional;

/**
 * A setting in force, as it may be shown.
 *
 * @param name its full name
 * @param value as one would write it; empty when it is hidden, or when nothing is set
 * @param secret whether it is hidden
 * @param origin where it is set: {@code default}, {@code argument}, {@code environment: NAME}, {@code file: …}
 */
public record Setting(String name, Optional<String> value, boolean secret, String origin) {}
