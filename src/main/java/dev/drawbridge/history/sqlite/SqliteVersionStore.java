package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.sqlite.Lane;
import dev.drawbridge.sqlite.Layout;
import dev.drawbridge.sqlite.Statements;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Versions in one SQLite file: WAL, every write synced to the disk, one writer, readers beside it. Other processes may have
 * the file open too; then their writes wait for each other.
 */
public final class SqliteVersionStore implements VersionStore {
    private static final String ENDING = ".db";
    private static final int READERS = 2;

    /** So many blocks are removed in one transaction: what else is to be written goes in between. */
    private static final int BLOCKS_AT_ONCE = 32;

    private final VersionsFile file;
    private final Writer writer;
    private final Lane<VersionStoreException> readers = VersionsFile.lane(READERS, "versions-reader-");

    private SqliteVersionStore(VersionsFile file) {
        this.file = file;
        this.writer = new Writer(file);
    }

    /**
     * Opens the file, and makes it when there is none.
     *
     * @throws VersionStoreException when the file cannot be used; the message says why and what to do
     */
    public static SqliteVersionStore open(Path path) {
        return open(path, VersionsFile.LAYOUT);
    }

    /** For tests of other layouts. */
    static SqliteVersionStore open(Path path, Layout layout) {
        return new SqliteVersionStore(VersionsFile.open(path, layout));
    }

    /** Where the versions of the rooms in a file are: {@code rooms.versions.db} beside {@code rooms.db}. */
    public static Path beside(Path rooms) {
        String name = rooms.getFileName().toString();
        String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return rooms.resolveSibling(stem + ".versions" + ENDING);
    }

    @FunctionalInterface
    private interface Read<T> {
        T run(VersionReader reader) throws SQLException;
    }

    private <T> T read(Read<T> read) {
        return readers.call(() -> {
            try (Connection connection = file.connectToRead()) {
                return read.run(new VersionReader(new Statements(connection)));
            } catch (SQLException e) {
                throw file.failure(e);
            }
        });
    }

    @Override
    public List<String> rooms(Optional<String> after, int limit) {
        return read(reader -> reader.rooms(after, limit));
    }

    @Override
    public List<Version> versions(String roomId, Optional<VersionId> before, int limit) {
        return read(reader -> reader.versions(roomId, before, limit));
    }

    @Override
    public Optional<Version> version(String roomId, VersionId id) {
        return read(reader -> reader.version(roomId, id));
    }

    @Override
    public List<VersionId> ids(String roomId) {
        return read(reader -> reader.ids(roomId));
    }

    @Override
    public List<Block> blocks(String roomId) {
        return read(reader -> reader.blocks(roomId));
    }

    @Override
    public Optional<byte[]> block(String roomId, BlockKey key) {
        return read(reader -> reader.block(roomId, key));
    }

    @Override
    public void add(String roomId, Version version, BlockKey key, byte[] block) {
        if (!key.version().equals(version.id())) {
            throw new IllegalArgumentException("the block of another version");
        }
        writer.write(rows -> {
            rows.add(roomId, version, key, block);
            return true;
        });
    }

    @Override
    public boolean update(String roomId, Version version) {
        return writer.write(rows -> rows.update(roomId, version));
    }

    @Override
    public boolean remove(String roomId, VersionId id) {
        return writer.remove((rows, remains) -> rows.remove(roomId, id, remains));
    }

    @Override
    public void putBlock(String roomId, BlockKey key, byte[] block) {
        writer.write(rows -> {
            rows.putBlock(roomId, key, block);
            return true;
        });
    }

    @Override
    public void removeBlock(String roomId, BlockKey key) {
        writer.remove((rows, remains) -> {
            rows.removeBlock(roomId, key, remains);
            return true;
        });
    }

    /** In pieces, so that other rooms go in between; what a crash leaves of it are blocks without versions. */
    @Override
    public void removeRoom(String roomId) {
        writer.remove((rows, remains) -> {
            rows.removeVersions(roomId, remains);
            return true;
        });
        boolean more = true;
        while (more) {
            more = writer.remove((rows, remains) -> rows.removeUnlistedBlocks(roomId, BLOCKS_AT_ONCE, remains));
        }
    }

    @Override
    public Usage usage(String roomId) {
        return read(reader -> reader.usage(roomId));
    }

    @Override
    public Usage usage() {
        return read(VersionReader::usage);
    }

    /** Reads something; after a write that has failed, writes something too. */
    @Override
    public void ping() {
        read(VersionReader::ping);
        if (writer.hasFailed()) {
            writer.probe();
        }
    }

    @Override
    public String describe() {
        return "the SQLite file " + file.path();
    }

    /** For tests that set the database to a limit. */
    Writer writer() {
        return writer;
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
    }
}
