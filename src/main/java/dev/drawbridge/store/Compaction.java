package dev.drawbridge.store;

/** What came of giving back the space that deleted rooms have left. */
public sealed interface Compaction {

    /** All of it is given back; the sizes are those of everything the store keeps. */
    record Done(long bytesBefore, long bytesAfter) implements Compaction {}

    /** That cannot be done here; the reason is for an operator. */
    record NotHere(String why) implements Compaction {}
}
