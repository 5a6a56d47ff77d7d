package dev.drawbridge.assets.embedded;

import dev.drawbridge.assets.Upload;
import dev.drawbridge.assets.UploadResult;
import dev.drawbridge.assets.Uploads;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.RecordsPage;
import dev.drawbridge.host.RecordsQuery;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.room.StoredRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Brings images and videos out of a room into the store of assets. First each is kept there, then its record is told to show
 * it from there, in one change that clients receive like any other; a record that has changed meanwhile stays as it is.
 */
public final class EmbeddedAssets {
    private static final int RECORDS_A_PAGE = 100;
    private static final int HASH_DIGITS = 32;

    private final RoomCommands rooms;
    private final Uploads uploads;
    private final Supplier<ByteLoan> loans;

    /** Waits for what a room answers. */
    @FunctionalInterface
    public interface Waiting {
        <T> T await(CompletionStage<T> answer) throws RoomCommandException;
    }

    /**
     * What has become of those of a room.
     *
     * @param bytes what those have that were brought out
     * @param left those that are still in it
     */
    public record Report(int moved, long bytes, List<Left> left) {

        public Report {
            left = List.copyOf(left);
        }
    }

    /** One that is still in the room, and why. */
    public record Left(String recordId, String why) {}

    /**
     * Those that are in a room.
     *
     * @param characters what they take in it
     */
    public record Embedded(int count, long characters) {}

    /** @param loans lends memory for a page of records; whoever gets one closes it */
    public EmbeddedAssets(RoomCommands rooms, Uploads uploads, Supplier<ByteLoan> loans) {
        this.rooms = rooms;
        this.uploads = uploads;
        this.loans = loans;
    }

    /** How many are in a room. */
    public Embedded in(String roomId, Waiting waiting) throws RoomCommandException {
        int count = 0;
        long characters = 0;
        Optional<String> after = Optional.empty();
        do {
            try (ByteLoan loan = loans.get()) {
                RecordsPage page = page(roomId, after, loan, waiting);
                for (StoredRecord record : page.records()) {
                    Optional<String> source = source(record).filter(DataUrl::is);
                    count += source.isPresent() ? 1 : 0;
                    characters += source.map(String::length).orElse(0);
                }
                after = page.next();
            }
        } while (after.isPresent());
        return new Embedded(count, characters);
    }

    /**
     * Brings those of a room out.
     *
     * @param address where an asset is shown from, by its id
     * @throws IOException never: what is read is in memory
     */
    public Report moveOut(String roomId, Function<String, String> address, Waiting waiting)
            throws RoomCommandException, IOException {
        int moved = 0;
        long bytes = 0;
        List<Left> left = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            try (ByteLoan loan = loans.get()) {
                RecordsPage page = page(roomId, after, loan, waiting);
                for (StoredRecord record : page.records()) {
                    String source = source(record).filter(DataUrl::is).orElse(null);
                    if (source == null) {
                        continue;
                    }
                    switch (moveOut(roomId, record.id(), source, address, waiting)) {
                        case Result.Moved(long size) -> {
                            moved++;
                            bytes += size;
                        }
                        case Result.Stays(String why) -> left.add(new Left(record.id(), why));
                    }
                }
                after = page.next();
            }
        } while (after.isPresent());
        return new Report(moved, bytes, left);
    }

    private RecordsPage page(String roomId, Optional<String> after, ByteLoan loan, Waiting waiting)
            throws RoomCommandException {
        return waiting.await(
                rooms.records(roomId, new RecordsQuery(Optional.of("asset"), after, RECORDS_A_PAGE), loan));
    }

    private sealed interface Result {
        record Moved(long size) implements Result {}

        record Stays(String why) implements Result {}
    }

    private Result moveOut(
            String roomId, String recordId, String source, Function<String, String> address, Waiting waiting)
            throws RoomCommandException, IOException {
        Optional<DataUrl> url = DataUrl.of(source);
        if (url.isEmpty()) {
            return new Result.Stays("it is no data URL that can be read");
        }
        byte[] content = url.get().content();
        String id = sha256(content).substring(0, HASH_DIGITS); // the same image in several rooms is kept once
        Upload upload =
                new Upload(id, Optional.of(roomId), url.get().type(), OptionalLong.of(content.length), "an operator");
        return switch (uploads.take(upload, new ByteArrayInputStream(content))) {
            case UploadResult.Kept kept -> {
                boolean rewritten = waiting.await(
                        rooms.rewrite(roomId, recordId, record -> withSource(record, source, address.apply(id))));
                yield rewritten ? new Result.Moved(content.length) : new Result.Stays("it has changed meanwhile");
            }
            case UploadResult.IdTaken() -> new Result.Stays("something else has the id " + id);
            case UploadResult.Unsupported(var recognised, boolean contradiction) ->
                new Result.Stays(
                        contradiction
                                ? "it is " + recognised.map(Object::toString).orElse("something")
                                        + " and says otherwise"
                                : "it is no type that is taken");
            case UploadResult.TooLarge(long atMost) -> new Result.Stays("it has more than " + atMost + " bytes");
            case UploadResult.OverQuota ignored -> new Result.Stays("there is as much as there may be");
            case UploadResult.NoSpace() -> new Result.Stays("there is no space left");
            case UploadResult.TooSlow() -> new Result.Stays("it took too long");
            case UploadResult.Busy() -> new Result.Stays("too much is being uploaded");
        };
    }

    private static Optional<String> source(StoredRecord record) {
        try {
            return Json.parse(record.json()) instanceof JsonObject object
                            && object.get("props") instanceof JsonObject props
                    ? Optional.ofNullable(props.string("src"))
                    : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty(); // damaged, which is told where the room is used
        }
    }

    /** The record with another source, unless it has another one than is known already. */
    private static JsonObject withSource(JsonObject record, String before, String now) {
        return record.get("props") instanceof JsonObject props && before.equals(props.string("src"))
                ? record.toBuilder()
                        .put(
                                "props",
                                props.toBuilder()
                                        .put("src", new JsonString(now))
                                        .build())
                        .build()
                : record;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
