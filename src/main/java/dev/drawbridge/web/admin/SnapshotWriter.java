package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.SnapshotFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Writes snapshots record by record, straight to the socket: one of 100 MB needs no second 100 MB. */
final class SnapshotWriter extends AbstractHttpMessageConverter<RoomSnapshot> {

    private final RoomCommands rooms;

    SnapshotWriter(RoomCommands rooms) {
        super(MediaType.APPLICATION_JSON);
        this.rooms = rooms;
    }

    @Override
    protected boolean supports(Class<?> type) {
        return RoomSnapshot.class.isAssignableFrom(type);
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    protected RoomSnapshot readInternal(Class<? extends RoomSnapshot> type, HttpInputMessage input) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void writeInternal(RoomSnapshot snapshot, HttpOutputMessage output) throws IOException {
        SnapshotFormat.write(snapshot, rooms.objectLane(), output.getBody());
    }
}
