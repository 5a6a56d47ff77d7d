package dev.drawbridge.history.blobs;

import dev.drawbridge.files.Disk;
import dev.drawbridge.files.Workshop;
import dev.drawbridge.history.VersionStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Blobs in a folder, which several nodes may share where it is on a file system that has atomic renames and locks. What is
 * written survives a power cut.
 *
 * <pre>
 * tmp/…       what is on its way in, by process; assets may have the same
 * locks/…     what is locked while one changes what others may change, too
 * the rest    each blob by its key
 * </pre>
 */
final class FileBlobs implements BlobStore {
    private static final String SLASH = "/";

    /** How often a folder may vanish that was just made, for what was in it is gone. */
    private static final int TRIES = 20;

    private final Path directory;
    private final Workshop workshop;
    private final FolderLocks locks;

    private FileBlobs(Path directory) throws IOException {
        this.directory = directory;
        Path lockFiles = directory.resolve("locks");
        Disk.makeFolder(lockFiles);
        this.locks = new FolderLocks(lockFiles);
        this.workshop = Workshop.open(directory.resolve("tmp"));
    }

    /** @param directory made when it is missing */
    static FileBlobs open(Path directory) {
        try {
            return new FileBlobs(directory);
        } catch (IOException e) {
            throw failed("the folder " + directory + " cannot be used", e);
        }
    }

    @Override
    public void put(String key, byte[] content) {
        writing(() -> {
            write(key, content);
            return key;
        });
    }

    @Override
    public void create(String key, byte[] content) {
        writing(() -> locks.holding(folderOf(key), () -> {
            if (!Files.exists(fileOf(key))) {
                write(key, content);
            }
            return key;
        }));
    }

    @Override
    public boolean replace(String key, byte[] content) {
        return writing(() -> locks.holding(folderOf(key), () -> {
            boolean there = Files.exists(fileOf(key));
            if (there) {
                write(key, content);
            }
            return there;
        }));
    }

    private void write(String key, byte[] content) throws IOException {
        Path place = workshop.newPlace();
        try {
            Disk.write(place, content);
            moveIn(place, key);
        } finally {
            workshop.clear(place);
        }
    }

    private void moveIn(Path place, String key) throws IOException {
        Path folder = directory.resolve(folderOf(key));
        for (int left = TRIES; ; left--) {
            Disk.makeFolder(folder);
            try {
                Disk.rename(place, fileOf(key));
                break;
            } catch (NoSuchFileException e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
        syncIfThere(folder);
    }

    private static void syncIfThere(Path folder) throws IOException {
        try {
            Disk.syncFolder(folder);
        } catch (NoSuchFileException e) {
            // Somebody has removed the last blob in it meanwhile.
        }
    }

    @Override
    public Optional<byte[]> get(String key, int atMost) {
        try (InputStream content = Files.newInputStream(fileOf(key))) {
            byte[] bytes = content.readNBytes(atMost + 1);
            if (bytes.length > atMost) {
                throw new DamagedBlobException(fileOf(key) + " is damaged: it has more than " + atMost + " bytes");
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new DamagedBlobException(fileOf(key) + " cannot be read: " + e, e);
        }
    }

    @Override
    public boolean has(String key) {
        return Files.exists(fileOf(key));
    }

    @Override
    public boolean delete(String key) {
        return writing(() -> locks.holding(folderOf(key), () -> {
            boolean there = Files.deleteIfExists(fileOf(key));
            tidy(folderOf(key));
            return there;
        }));
    }

    @Override
    public void delete(List<String> keys) {
        Map<String, List<String>> byFolder = new LinkedHashMap<>();
        keys.forEach(key -> byFolder.computeIfAbsent(folderOf(key), any -> new ArrayList<>())
                .add(key));
        byFolder.forEach((folder, inFolder) -> writing(() -> locks.holding(folder, () -> {
            for (String key : inFolder) {
                Files.deleteIfExists(fileOf(key));
            }
            tidy(folder);
            return folder;
        })));
    }

    /** An empty folder goes; who is about to put something into it makes it again. */
    private void tidy(String folder) throws IOException {
        Path path = directory.resolve(folder);
        syncIfThere(path);
        try {
            Files.delete(path);
            syncIfThere(directory.resolve(folderOf(folder)));
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            // as it is, mostly; or another was faster
        }
    }

    @Override
    public void list(String prefix, Predicate<Item> wantsMore) {
        String folder = folderOf(prefix);
        reading(() -> show(folder, prefix.substring(prefix.lastIndexOf(SLASH) + 1), wantsMore));
    }

    /** A file or folder. */
    private record Entry(String name, BasicFileAttributes attributes) {

        /** As it is in a key: what is in a folder comes where its name with a slash would. */
        String inKeys() {
            return attributes.isDirectory() ? name + SLASH : name;
        }

        String tag() {
            return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + "." + attributes.size() + "."
                    + attributes.fileKey();
        }
    }

    private boolean show(String folder, String beginning, Predicate<Item> wantsMore) throws IOException {
        for (Entry entry : entriesOf(folder, beginning)) {
            String key = folder + SLASH + entry.name();
            boolean goOn = true;
            if (entry.attributes().isDirectory()) {
                goOn = show(key, "", wantsMore);
            } else if (entry.attributes().isRegularFile()) {
                goOn = wantsMore.test(new Item(key, entry.attributes().size(), entry.tag()));
            }
            if (!goOn) {
                return false;
            }
        }
        return true;
    }

    private List<Entry> entriesOf(String folder, String beginning) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String name : namesIn(directory.resolve(folder))) {
            if (name.startsWith(beginning)) {
                try {
                    entries.add(new Entry(
                            name,
                            Files.readAttributes(directory.resolve(folder).resolve(name), BasicFileAttributes.class)));
                } catch (NoSuchFileException e) {
                    // gone meanwhile
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::inKeys));
        return entries;
    }

    /** None, too, when somebody has put a file in the folder's place. */
    private static List<String> namesIn(Path folder) throws IOException {
        try {
            return Disk.namesIn(folder);
        } catch (NotDirectoryException e) {
            return List.of();
        }
    }

    @Override
    public List<String> folders(String prefix, String after, int limit) {
        return reading(() -> {
            Path folder = directory.resolve(folderOf(prefix));
            List<String> found = new ArrayList<>();
            for (String name : namesIn(folder)) {
                if (found.size() == limit) {
                    break;
                }
                if (name.compareTo(after) > 0 && !namesIn(folder.resolve(name)).isEmpty()) {
                    found.add(name);
                }
            }
            return found;
        });
    }

    /** One after the other: a disk is quick. */
    @Override
    public <T, R> List<R> atOnce(List<T> all, Function<T, R> question) {
        return all.stream().map(question).toList();
    }

    @Override
    public void ping() {
        writing(() -> {
            Path place = workshop.newPlace();
            Files.createFile(place);
            workshop.clear(place);
            return place;
        });
    }

    @Override
    public String describe() {
        return "the folder " + directory;
    }

    @Override
    public void close() {
        workshop.close();
    }

    private static String folderOf(String key) {
        return key.substring(0, key.lastIndexOf(SLASH));
    }

    private Path fileOf(String key) {
        return directory.resolve(key);
    }

    private <T> T reading(FolderLocks.Work<T> work) {
        return onDisk("versions in " + directory + " cannot be read", work);
    }

    private <T> T writing(FolderLocks.Work<T> work) {
        return onDisk("versions in " + directory + " cannot be changed", work);
    }

    private static <T> T onDisk(String failure, FolderLocks.Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw failed(failure, e);
        }
    }

    private static VersionStoreException failed(String doing, IOException e) {
        return new VersionStoreException(doing + ": " + e, e);
    }
}
