package dev.drawbridge.protocol;

import java.util.Iterator;
import java.util.List;

/** A payload whose slices are there already. */
record Slices(List<byte[]> all, long length) implements Payload {

    @Override
    public Iterator<byte[]> slices() {
        return all.iterator();
    }
}
