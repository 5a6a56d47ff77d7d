package dev.drawbridge.protocol;

/** A record that is ready to be sent. */
public interface EncodedRecord {

    String id();

    /** The record as UTF-8 JSON. The array is shared; nobody writes to it. */
    byte[] json();
}
