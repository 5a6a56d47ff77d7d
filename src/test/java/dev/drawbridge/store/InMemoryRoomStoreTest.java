package dev.drawbridge.store;

class InMemoryRoomStoreTest extends RoomStoreContract {
    private final InMemoryRoomStore rooms = new InMemoryRoomStore();

    @Override
    protected RoomStore openStore() {
        return rooms;
    }
}
