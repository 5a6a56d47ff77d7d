package dev.drawbridge.config;

import dev.drawbridge.json.Json;
import dev.drawbridge.protocol.Limits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What clients and rooms may take. The defaults are far above what real ones do.
 *
 * @param messageLength the longest message of a client, in UTF-16 units, all its chunks together
 * @param chunks the most chunks that one message of a client may come in
 * @param jsonDepth how deep the JSON of a message may be nested; at most 500
 * @param outbox how many bytes may wait for a client that reads slowly. Beyond it is told what has become of the room in
 *     place of each change, and cut off when that does not help
 * @param sessionsPerRoom the most sessions in a room; who comes when there are so many is refused with {@code ROOM_FULL}
 * @param editorsPerRoom the most sessions that may edit in a room; who comes when there are so many is a viewer. Unset:
 *     as many as there may be sessions
 * @param recordsPerRoom the most records in a room; a push by which there would be more is discarded
 * @param bytesPerRoom the most bytes of all records in a room; a push by which there would be more is discarded
 * @param presence the most bytes of one session's presence; who sends more is refused with {@code INVALID_RECORD}
 * @param record the most bytes of one record; a push by which it grows beyond that is discarded
 * @param messagesPerSecond how many messages a session may send for long; ten seconds' worth of it may come at once. A
 *     push that changes many records counts for one more with each hundred of them. Who sends more is refused with {@code
 *     RATE_LIMITED}. For who may only look on it is at least 60
 * @param bytesPerSecond how much a session may send for long, in the same way. For who may only look on it is at least 64 KB
 * @param rooms the most rooms that are open at once
 * @param connections the most sockets that are open at once
 * @param connectionsPerMinute the most sockets that are opened within a minute from one address; of IPv6 from one
 *     network of 64 bits
 */
@Validated
@ConfigurationProperties("drawbridge.limits")
public record LimitsProperties(
        @DefaultValue("16777216") @Min(1_000) int messageLength,
        @DefaultValue("100000") @Min(1) int chunks,
        @DefaultValue("500") @Min(10) @Max(Json.MAX_DEPTH) int jsonDepth,
        @DefaultValue("8MB") @MinSize("64KB") DataSize outbox,
        @DefaultValue("2000") @Min(1) int sessionsPerRoom,
        @Min(0) @Nullable Integer editorsPerRoom,
        @DefaultValue("200000") @Min(2) int recordsPerRoom,
        @DefaultValue("256MB") @MinSize("1KB") DataSize bytesPerRoom,
        @DefaultValue("64KB") @MinSize("4KB") DataSize presence,
        @DefaultValue("16MB") @MinSize("64KB") DataSize record,
        @DefaultValue("1000") @Min(1) int messagesPerSecond,
        @DefaultValue("16MB") @MinSize("1KB") DataSize bytesPerSecond,
        @DefaultValue("10000") @Min(1) int rooms,
        @DefaultValue("10000") @Min(1) int connections,
        @DefaultValue("20000") @Min(1) int connectionsPerMinute) {

    Limits toLimits() {
        return new Limits(
                new Limits.OfMessage(messageLength, chunks, jsonDepth),
                new Limits.OfSession(messagesPerSecond, bytesPerSecond.toBytes(), bytes(presence), outbox.toBytes()),
                new Limits.OfRoom(
                        sessionsPerRoom,
                        editorsPerRoom == null ? Integer.MAX_VALUE : editorsPerRoom,
                        recordsPerRoom,
                        bytesPerRoom.toBytes(),
                        bytes(record)),
                new Limits.OfNode(rooms, connections, connectionsPerMinute));
    }

    private static int bytes(DataSize size) {
        return (int) Math.min(size.toBytes(), Integer.MAX_VALUE);
    }
}
