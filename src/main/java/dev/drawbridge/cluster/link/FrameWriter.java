package dev.drawbridge.cluster.link;

import dev.drawbridge.protocol.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Makes the bytes of a frame, field by field. */
final class FrameWriter {
    private byte[] bytes;
    private int size;

    FrameWriter(int expected) {
        bytes = new byte[expected];
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }

    FrameWriter number(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    FrameWriter flag(boolean value) {
        return number(value ? 1 : 0);
    }

    FrameWriter bytes(byte[] value) {
        number(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return this;
    }

    FrameWriter payload(Payload payload) {
        int length = Math.toIntExact(payload.length());
        number(length);
        reserve(length);
        for (Iterator<byte[]> slices = payload.slices(); slices.hasNext(); ) {
            byte[] slice = slices.next();
            System.arraycopy(slice, 0, bytes, size, slice.length);
            size += slice.length;
        }
        return this;
    }

    FrameWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    FrameWriter numbers(List<Integer> values) {
        number(values.size());
        values.forEach(this::number);
        return this;
    }

    byte[] done() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
