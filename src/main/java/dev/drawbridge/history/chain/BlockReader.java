package dev.drawbridge.history.chain;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;

/** Is told what is in a block, in the order in which it is to be applied. */
public interface BlockReader {

    /**
     * So many bytes are about to be read at once.
     *
     * @throws NoRoomException when they must not be
     */
    void expect(int bytes);

    void schema(SerializedSchema schema);

    void removed(String id);

    void put(StoredRecord record);
}
