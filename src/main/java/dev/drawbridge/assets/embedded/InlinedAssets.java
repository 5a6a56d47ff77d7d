package dev.drawbridge.assets.embedded;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.ByteRange;
import dev.drawbridge.assets.collection.Mentions;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.room.TldrFormat;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts the images and videos that are kept here into a file of a room, as data URLs, so that it can be opened where this
 * server is not reached. They are written as they are read, and never held as a whole. What is not kept here, or not any
 * more, stays an address.
 */
public final class InlinedAssets implements TldrFormat.Content {
    private final AssetStore assets;

    public InlinedAssets(AssetStore assets) {
        this.assets = assets;
    }

    @Override
    public void write(StoredRecord record, OutputStream out) throws IOException {
        JsonValue asset = JsonObject.EMPTY;
        if (record.id().startsWith("asset:") && Mentions.anyIn(record.json())) {
            try {
                asset = Json.parse(record.json());
            } catch (JsonException e) {
                throw new IOException(record.id() + " is damaged", e);
            }
        }
        write(asset, record, out);
    }

    private void write(JsonValue parsed, StoredRecord record, OutputStream out) throws IOException {
        if (parsed instanceof JsonObject object
                && object.get("props") instanceof JsonObject props
                && props.get("src") instanceof JsonString(String src)) {
            Optional<Asset> asset = asset(src);
            Optional<InputStream> content = asset.flatMap(found -> assets.read(found, ByteRange.all(found.size())));
            if (content.isPresent()) {
                try (InputStream in = content.get()) {
                    write(object, props, asset.orElseThrow(), in, out);
                    return;
                }
            }
        }
        AS_IT_IS.write(record, out);
    }

    private Optional<Asset> asset(String src) {
        return Mentions.in(src).flatMap(id -> assets.find(id).stream()).findFirst();
    }

    /** The record is written with a mark where the content is to be, and the content when its place comes. */
    private static void write(JsonObject record, JsonObject props, Asset asset, InputStream content, OutputStream out)
            throws IOException {
        String mark = UUID.randomUUID().toString();
        JsonObject marked = record.toBuilder()
                .put("props", props.toBuilder().put("src", mark).build())
                .build();
        String text = new String(Json.encode(marked), StandardCharsets.UTF_8);
        int at = text.indexOf(mark);
        out.write(text.substring(0, at).getBytes(StandardCharsets.UTF_8));
        out.write(("data:" + asset.type().name() + ";base64,").getBytes(StandardCharsets.US_ASCII));
        try (OutputStream base64 = Base64.getEncoder().wrap(new Unclosed(out))) {
            content.transferTo(base64);
        }
        out.write(text.substring(at + mark.length()).getBytes(StandardCharsets.UTF_8));
    }

    /** Its end is that of one content. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
