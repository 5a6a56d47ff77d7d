package dev.drawbridge.assets;

import java.util.regex.Pattern;

/**
 * Something that was made of an asset and is kept with it: an image in a smaller size.
 *
 * @param name which of the asset's variants it is: what it was made for; small letters, digits and {@code -}, at most 64
 * @param size in bytes
 */
public record Variant(String name, MediaType type, long size) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

    public Variant {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a variant: " + name);
        }
    }
}
