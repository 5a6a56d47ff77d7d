package dev.drawbridge.history;

/** Another store, until the power goes: from one write on nothing is written any more, and that write fails. */
public final class CutOffVersionStore extends DelegatingVersionStore {
    private final int last;
    private final boolean isLastWritten;
    private int writes;
    private int blocksWritten;
    private int blocksRemoved;

    /**
     * @param last the number of the write that fails
     * @param isLastWritten whether that one has happened all the same
     */
    public CutOffVersionStore(VersionStore store, int last, boolean isLastWritten) {
        super(store);
        this.last = last;
        this.isLastWritten = isLastWritten;
    }

    /** How many writes there have been. */
    public synchronized int writes() {
        return writes;
    }

    /** How many blocks were written to versions that were there. */
    public synchronized int blocksWritten() {
        return blocksWritten;
    }

    public synchronized int blocksRemoved() {
        return blocksRemoved;
    }

    private synchronized void write(Runnable write) {
        writes++;
        if (writes < last || (writes == last && isLastWritten)) {
            write.run();
        }
        if (writes >= last) {
            throw new VersionStoreException("The power is off");
        }
    }

    @Override
    public void add(String roomId, Version version, BlockKey key, byte[] block) {
        write(() -> super.add(roomId, version, key, block));
    }

    @Override
    public boolean update(String roomId, Version version) {
        boolean[] there = new boolean[1];
        write(() -> there[0] = super.update(roomId, version));
        return there[0];
    }

    @Override
    public boolean remove(String roomId, VersionId id) {
        boolean[] listed = new boolean[1];
        write(() -> listed[0] = super.remove(roomId, id));
        return listed[0];
    }

    @Override
    public void putBlock(String roomId, BlockKey key, byte[] block) {
        write(() -> {
            blocksWritten++;
            super.putBlock(roomId, key, block);
        });
    }

    @Override
    public void removeBlock(String roomId, BlockKey key) {
        write(() -> {
            blocksRemoved++;
            super.removeBlock(roomId, key);
        });
    }

    @Override
    public void removeRoom(String roomId) {
        write(() -> super.removeRoom(roomId));
    }
}
