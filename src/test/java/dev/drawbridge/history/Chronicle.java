package dev.drawbridge.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.room.Records;
import dev.drawbridge.store.StoredRooms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does by chance what may be done with a room and its versions, and remembers what must have come of it. */
final class Chronicle {
    static final String ROOM = "room";

    private static final ThinningRules RULES =
            new ThinningRules(Duration.ofMinutes(30), Duration.ofHours(6), Duration.ofDays(2), 0, 0);

    private static final int SHAPES = 60;

    private final long seed;
    private final Random random;
    private final Map<VersionId, Map<String, String>> shown = new HashMap<>();
    private final Map<VersionId, String> names = new TreeMap<>();

    Chronicle(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    void begin(HistoryFixture node) {
        node.create(ROOM);
        List<JsonObject> all = new ArrayList<>();
        for (int i = 0; i < SHAPES; i++) {
            all.add(shape(i));
        }
        node.change(ROOM, all, List.of());
    }

    private JsonObject shape(int number) {
        return Records.withMeta(Records.geo("s" + number), "{\"text\":\"" + random.nextLong() + "\"}");
    }

    void step(HistoryFixture node) throws InterruptedException {
        int dice = random.nextInt(100);
        if (dice < 40) {
            change(node);
        } else if (dice < 65) {
            make(node);
        } else if (dice < 72) {
            rename(node);
        } else if (dice < 77) {
            delete(node);
        } else if (dice < 83) {
            restore(node);
        } else if (dice < 93) {
            node.clock.advance(Duration.ofMinutes(random.nextInt(random.nextInt(10) == 0 ? 3_000 : 60)));
        } else if (dice < 97) {
            thin(node);
            check(node);
        } else {
            StoredRooms.get(node.commands.unload(ROOM));
        }
    }

    private void change(HistoryFixture node) {
        List<JsonObject> puts = new ArrayList<>();
        List<String> deletes = new ArrayList<>();
        int much = random.nextInt(20) == 0 ? SHAPES : 1 + random.nextInt(4);
        for (int i = 0; i < much; i++) {
            int number = random.nextInt(SHAPES);
            if (random.nextInt(4) == 0) {
                deletes.add("shape:s" + number);
            } else {
                puts.add(shape(number));
            }
        }
        if (random.nextInt(3) == 0) {
            puts.add(HistoryFixture.remark("r" + random.nextInt(5), "text " + random.nextInt()));
        }
        if (random.nextInt(5) == 0) {
            puts.add(Records.page("p" + random.nextInt(3))
                    .with("name", new JsonString("\u00e9\ud83d\ude00" + random.nextInt())));
        }
        node.change(ROOM, puts, deletes);
    }

    private void make(HistoryFixture node) {
        Optional<String> name = random.nextInt(3) == 0 ? Optional.of("name " + random.nextInt()) : Optional.empty();
        Reason reason = name.isPresent() || random.nextBoolean() ? Reason.MANUAL : Reason.AUTO;
        Map<String, String> document = document(node.records(ROOM));
        answer(node.versions.make(ROOM, reason, name)).ifPresent(version -> {
            remember(version, document);
            name.ifPresent(called -> names.put(version.id(), called));
        });
    }

    private void remember(Version version, Map<String, String> document) {
        Map<String, String> before = shown.putIfAbsent(version.id(), document);
        assertThat(before == null ? document : before)
                .as(this + ": " + version.id())
                .isEqualTo(document);
        assertThat(version.records()).isEqualTo(document.size());
    }

    private void rename(HistoryFixture node) {
        any(node).ifPresent(version -> {
            Optional<String> name = random.nextBoolean() ? Optional.of("called " + random.nextInt()) : Optional.empty();
            String before = names.remove(version.id());
            if (answer(node.versions.rename(ROOM, version.id().text(), name)).isPresent()) {
                name.ifPresent(called -> names.put(version.id(), called));
            } else if (before != null && name.isPresent()) {
                names.put(version.id(), ""); // one of the two
            }
        });
    }

    private void delete(HistoryFixture node) {
        any(node).ifPresent(version -> {
            names.remove(version.id());
            answer(node.versions.delete(ROOM, version.id().text()));
        });
    }

    private void restore(HistoryFixture node) {
        any(node).ifPresent(version -> {
            Map<String, String> before = node.records(ROOM);
            try (ByteLoan loan = node.loan()) {
                Optional<Restored> restored =
                        answer(node.versions.restore(ROOM, version.id().text(), OptionalLong.empty(), loan));
                Map<String, String> after = node.records(ROOM);
                if (restored.isPresent()) {
                    remember(restored.get().before(), document(before));
                    Map<String, String> wanted = new TreeMap<>(withoutClocks(node.read(ROOM, version.id())));
                    wanted.putAll(withoutClocks(remarks(before)));
                    assertThat(withoutClocks(after)).as(toString()).isEqualTo(wanted);
                } else {
                    assertThat(after).as(toString()).isEqualTo(before);
                }
            }
        });
    }

    void thin(HistoryFixture node) throws InterruptedException {
        try {
            node.thinner(RULES).pass();
        } catch (VersionStoreException e) {
            // the power is off
        }
    }

    /** Everything that is listed reads as it was, and whatever has a name is listed. */
    void check(HistoryFixture node) {
        List<Version> listed = StoredRooms.get(node.versions.list(ROOM, Optional.empty(), 10_000));
        for (Version version : listed) {
            Map<String, String> there = node.read(ROOM, version.id());
            assertThat(there).as(this + ": " + version.id()).isEqualTo(shown.getOrDefault(version.id(), there));
        }
        assertThat(listed).extracting(Version::id).as(toString()).containsAll(names.keySet());
        names.forEach((id, name) -> assertThat(listed)
                .filteredOn(version -> version.id().equals(id) && !name.isEmpty())
                .allSatisfy(version -> assertThat(version.name()).as(toString()).contains(name)));
        assertThat(node.memory.imports().held()).isZero();
    }

    private Optional<Version> any(HistoryFixture node) {
        List<Version> listed = StoredRooms.get(node.versions.list(ROOM, Optional.empty(), 10_000));
        return listed.isEmpty() ? Optional.empty() : Optional.of(listed.get(random.nextInt(listed.size())));
    }

    /** Nothing else may go wrong than that the power is off. */
    private static <T> Optional<T> answer(CompletionStage<T> stage) {
        try {
            return Optional.ofNullable(stage.toCompletableFuture().get(60, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(VersionStoreException.class);
            return Optional.empty();
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> document(Map<String, String> records) {
        Map<String, String> document = new TreeMap<>(records);
        document.keySet().removeIf(id -> id.startsWith("remark:"));
        return document;
    }

    private static Map<String, String> remarks(Map<String, String> records) {
        Map<String, String> remarks = new TreeMap<>(records);
        remarks.keySet().removeIf(id -> !id.startsWith("remark:"));
        return remarks;
    }

    private static Map<String, String> withoutClocks(Map<String, String> records) {
        Map<String, String> texts = new TreeMap<>();
        records.forEach((id, record) -> texts.put(id, record.substring(record.indexOf(' '))));
        return texts;
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
