package dev.drawbridge.protocol;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The two plain kinds of payload: what is there, and one after the other. */
final class Slices {

    private Slices() {}

    /** One array. */
    record Single(byte[] bytes) implements Payload {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public Iterator<byte[]> slices() {
            return Collections.singleton(bytes).iterator();
        }

        @Override
        public byte[] whole() {
            return bytes;
        }
    }

    /** Several payloads in a row. */
    record Joined(List<Payload> parts, long length) implements Payload {

        static Joined of(List<Payload> parts) {
            return new Joined(
                    List.copyOf(parts),
                    parts.stream().mapToLong(Payload::length).sum());
        }

        @Override
        public Iterator<byte[]> slices() {
            return new Walk(parts.iterator());
        }
    }

    private static final class Walk implements Iterator<byte[]> {
        private final Iterator<Payload> parts;
        private Iterator<byte[]> slices = Collections.emptyIterator();

        Walk(Iterator<Payload> parts) {
            this.parts = parts;
        }

        @Override
        public boolean hasNext() {
            while (!slices.hasNext() && parts.hasNext()) {
                slices = parts.next().slices();
            }
            return slices.hasNext();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return slices.next();
        }
    }
}
