package dev.drawbridge.schema.tldraw;

import dev.drawbridge.schema.Subtype;

/** Shapes that are moved as one. */
final class GroupShape {
    static final Subtype TYPE = Subtype.shape("group").props();

    private GroupShape() {}
}
