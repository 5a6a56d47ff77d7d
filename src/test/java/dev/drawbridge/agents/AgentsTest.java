package dev.drawbridge.agents;

import static dev.drawbridge.agents.AgentsFixture.CLAUDE;
import static dev.drawbridge.agents.AgentsFixture.ROOM;
import static dev.drawbridge.agents.AgentsFixture.at;
import static dev.drawbridge.agents.AgentsFixture.puts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.agents.AgentsFixture.Person;
import dev.drawbridge.agents.board.BoardEdit;
import dev.drawbridge.agents.board.Pointing;
import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Version;
import dev.drawbridge.host.Attendance;
import dev.drawbridge.host.ClientSocket;
import dev.drawbridge.host.RoomPatch;
import dev.drawbridge.host.SessionDetails;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.HostReason;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.protocol.Payload;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordAuthorizer;
import dev.drawbridge.room.RecordAuthorizers;
import dev.drawbridge.room.Records;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.store.StoredRooms;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("An agent")
class AgentsTest {
    private AgentsFixture node = new AgentsFixture();

    @AfterEach
    void close() {
        node.close();
        assertThat(node.memory.imports().held()).isZero();
    }

    private void nodeWith(RoomSettings rooms, AgentSettings settings) {
        node.close();
        node = new AgentsFixture(rooms, settings, true);
    }

    @Nested
    @DisplayName("that changes a board")
    class Writing {

        @Test
        @DisplayName("is seen to do so by those who are there, and is answered when it is stored")
        void seen() {
            Person ada = node.new Person("ada");
            Written written = node.write(Records.geo("1"), Records.geo("2"));
            assertThat(written.documentClock()).isEqualTo(node.clockOfRoom());
            assertThat(written.passedOver()).isEmpty();
            assertThat(node.documents()).containsKeys("shape:1", "shape:2");
            ada.sees("\"shape:1\"");
            ada.sees("Ada's Claude");
            assertThat(node.sessions()).containsExactly("ada", CLAUDE.sessionId());
        }

        @Test
        @DisplayName("changes and deletes what is there, and is told what came to nothing")
        void changes() {
            node.write(Records.geo("1"), Records.geo("2"));
            JsonObject moved = Records.geo("1").with("x", JsonNumber.of(50));
            Written written = node.write(
                    CLAUDE,
                    new BoardEdit(
                            List.of(moved, Records.geo("3")), List.of("shape:2", "shape:never"), Optional.empty()));
            assertThat(written.passedOver()).containsExactly("shape:never");
            assertThat(node.documents()).containsKeys("shape:1", "shape:3").doesNotContainKey("shape:2");
            assertThat(node.documents().get("shape:1")).contains("\"x\":50");
        }

        @Test
        @DisplayName("that is so already is as good as done")
        void already() {
            Written first = node.write(Records.geo("1"));
            Written again = node.write(Records.geo("1"));
            assertThat(again.documentClock()).isEqualTo(first.documentClock());
            assertThat(again.passedOver()).containsExactly("shape:1");
            assertThat(node.write(CLAUDE, new BoardEdit(List.of(), List.of(), Optional.of(at(1, 1))))
                            .passedOver())
                    .isEmpty();
        }

        @Test
        @DisplayName("makes a thousand shapes at once")
        void many() {
            JsonObject[] shapes = IntStream.range(0, 1_000)
                    .mapToObj(i -> Records.geo("n" + i))
                    .toArray(JsonObject[]::new);
            assertThat(node.write(shapes).passedOver()).isEmpty();
            assertThat(node.documents()).hasSize(1_002);
            assertThat(node.write(Records.geo("n1").with("x", JsonNumber.of(7))).passedOver())
                    .isEmpty();
        }

        @Test
        @DisplayName("does one change after the other, however many it is asked for at once")
        void inTurn() {
            List<CompletionStage<Written>> writes = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                writes.add(node.agents.write(ROOM, CLAUDE, Rights.EDITOR, puts(Records.geo("n" + i))));
            }
            long last = 0;
            for (CompletionStage<Written> write : writes) {
                last = Math.max(last, StoredRooms.get(write).documentClock());
            }
            assertThat(last).isEqualTo(node.clockOfRoom());
            assertThat(node.documents()).hasSize(18);
        }

        @Test
        @DisplayName("is told what is wrong with a record, in the room's words, and stays in the room")
        void invalid() {
            node.write(Records.geo("1"));
            JsonObject wrong = Records.withProp(Records.geo("2"), "color", "\"mauve\"");
            String roomsWords = node.rooms
                    .update(ROOM, new RoomPatch(List.of(wrong), List.of(), OptionalLong.empty()))
                    .handle((done, error) -> {
                        Throwable cause = error.getCause() == null ? error : error.getCause();
                        return String.valueOf(cause.getMessage());
                    })
                    .toCompletableFuture()
                    .join();
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("3"), wrong)))
                    .isInstanceOf(AgentException.Invalid.class)
                    .hasMessageContaining("shape:2")
                    .hasMessageContaining("color")
                    .hasMessageEndingWith(roomsWords.substring(roomsWords.indexOf("shape.")));
            assertThat(node.sessions()).containsExactly(CLAUDE.sessionId());
            assertThat(node.documents()).doesNotContainKey("shape:3");
        }

        @Test
        @DisplayName("is told that a record has no id, is of no board, or is both put and deleted")
        void impossible() {
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("1").without("id"))))
                    .isInstanceOf(AgentException.Invalid.class)
                    .hasMessageContaining("id");
            assertThat(node.failure(Rights.EDITOR, puts(Records.presence("me"))))
                    .isInstanceOf(AgentException.Invalid.class)
                    .hasMessageContaining("no part of a board");
            assertThat(node.failure(
                            Rights.EDITOR,
                            new BoardEdit(List.of(Records.geo("1")), List.of("shape:1"), Optional.empty())))
                    .isInstanceOf(AgentException.Invalid.class);
            assertThat(node.failure(
                            Rights.EDITOR,
                            new BoardEdit(
                                    List.of(Records.geo("1")),
                                    List.of(),
                                    Optional.of(new Pointing("nowhere", 1, 2, List.of())))))
                    .isInstanceOf(AgentException.Invalid.class)
                    .hasMessageContaining("currentPageId");
            assertThat(node.documents()).hasSize(2);
        }

        @Test
        @DisplayName("may do no more than its rights say, from one change to the next")
        void rights() {
            assertThat(node.failure(Rights.VIEWER, puts(Records.geo("1"))))
                    .isInstanceOfSatisfying(AgentException.NotAllowed.class, refused -> assertThat(refused.reason())
                            .isEqualTo(RefusalReason.FORBIDDEN));
            assertThat(node.versionsMade()).isEmpty();
            node.write(Records.geo("1"));
            assertThat(node.failure(Rights.VIEWER, puts(Records.geo("2"))))
                    .isInstanceOf(AgentException.NotAllowed.class);
            assertThat(node.documents()).containsKey("shape:1").doesNotContainKey("shape:2");
        }

        @Test
        @DisplayName("may do no more than those who decide about single records let it")
        void authorizers() {
            nodeWith(
                    RoomSettings.DEFAULT.with(RecordAuthorizers.of(List.of(new NoPagesButOurs()))),
                    AgentSettings.DEFAULT);
            Written written = node.write(Records.geo("1"), Records.page("theirs"));
            assertThat(written.passedOver()).containsExactly("page:theirs");
            assertThat(node.failure(Rights.EDITOR, puts(Records.page("theirs"))))
                    .isInstanceOf(AgentException.Discarded.class);
            assertThat(node.documents()).doesNotContainKey("page:theirs");
        }

        @Test
        @DisplayName("reaches the limits of a room as others do, and is told of each, also again")
        void limits() {
            Limits.OfRoom none = Limits.NONE.room();
            nodeWith(
                    AgentsFixture.with(
                            new Limits.OfRoom(none.sessions(), none.editors(), 4, none.bytes(), none.recordBytes())),
                    AgentSettings.DEFAULT);
            node.write(Records.geo("1"));
            for (int i = 0; i < 2; i++) {
                assertThat(node.failure(Rights.EDITOR, puts(Records.geo("2"), Records.geo("3"))))
                        .isInstanceOfSatisfying(AgentException.LimitReached.class, full -> assertThat(full.limit())
                                .isEqualTo(Limit.RECORDS_PER_ROOM))
                        .hasMessageContaining("4 records");
            }
            node.write(Records.geo("2"));
            assertThat(node.documents()).hasSize(4);
        }

        @Test
        @DisplayName("does not come into a room that is full, and only looks on where as many edit as may")
        void full() {
            Limits.OfRoom none = Limits.NONE.room();
            nodeWith(
                    AgentsFixture.with(new Limits.OfRoom(2, 1, none.records(), none.bytes(), none.recordBytes())),
                    AgentSettings.DEFAULT);
            Person ada = node.new Person("ada");
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("1"))))
                    .isInstanceOf(AgentException.NotAllowed.class)
                    .hasMessageContaining("as many edit it as may");
            Agent other = new Agent("other", Optional.empty(), "Other");
            assertThat(AgentsFixture.failure(node.agents.write(ROOM, other, Rights.EDITOR, puts(Records.geo("1")))))
                    .isInstanceOf(AgentException.RoomFull.class);
            ada.leave();
        }

        @Test
        @DisplayName("is told so when too much of it waits already; what waits ends when the server stops")
        void busy() {
            node.way = (visitor, socket, in) -> in.join(ROOM, visitor, socket).map(Deaf::new);
            List<CompletionStage<Written>> writes = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                writes.add(node.agents.write(ROOM, CLAUDE, Rights.EDITOR, puts(Records.geo("n" + i))));
            }
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("n")))).isInstanceOf(AgentException.Busy.class);
            await().until(() -> node.sessions().equals(List.of(CLAUDE.sessionId())));
            node.agents.close();
            writes.forEach(write -> assertThat(AgentsFixture.failure(write)).isInstanceOf(AgentException.class));
            assertThat(node.documents()).hasSize(2);
        }

        @Test
        @DisplayName("says no more at once than one may")
        void tooLarge() {
            nodeWith(
                    RoomSettings.DEFAULT,
                    new AgentSettings(8, 8, 2_000, Duration.ofMinutes(10), Duration.ofSeconds(30)));
            assertThat(node.failure(
                            Rights.EDITOR,
                            puts(Records.geo("1"), Records.geo("2"), Records.geo("3"), Records.geo("4"))))
                    .isInstanceOfSatisfying(AgentException.LimitReached.class, large -> assertThat(large.limit())
                            .isEqualTo(Limit.MESSAGE_LENGTH));
            node.write(Records.geo("1"));
        }
    }

    /** Pages are somebody else's business. */
    private static final class NoPagesButOurs implements RecordAuthorizer {
        @Override
        public Set<String> typeNames() {
            return Set.of("page");
        }

        @Override
        public Optional<JsonObject> create(Author author, JsonObject record) {
            return Optional.empty();
        }

        @Override
        public boolean mayUpdate(Author author, JsonObject before, JsonObject after) {
            return false;
        }

        @Override
        public boolean mayDelete(Author author, JsonObject record) {
            return false;
        }
    }

    @Nested
    @DisplayName("that is in a room")
    class Being {

        @Test
        @DisplayName(
                "is seen with its name, a colour, a cursor and what it has selected, and not with its session's id")
        void presence() {
            Person ada = node.new Person("ada");
            node.agents.look(ROOM, CLAUDE, Rights.VIEWER, at(12, 34, "shape:1"));
            JsonObject presence = node.presenceOf(CLAUDE, there -> true);
            assertThat(presence.string("userName")).isEqualTo("Ada's Claude");
            assertThat(presence.string("color")).matches("#[0-9A-F]{6}");
            assertThat(presence.string("userId")).startsWith("user:").doesNotContain("ada");
            assertThat(String.valueOf(presence.get("cursor")))
                    .contains("\"x\":12")
                    .contains("\"y\":34");
            assertThat(String.valueOf(presence.get("selectedShapeIds"))).isEqualTo("[\"shape:1\"]");
            ada.sees("\"shape:1\"");
            assertThat(ada.hasSeen(CLAUDE.sessionId())).isFalse();

            node.write(CLAUDE, new BoardEdit(List.of(Records.geo("1")), List.of(), Optional.of(at(56, 78))));
            node.presenceOf(CLAUDE, there -> String.valueOf(there.get("cursor")).contains("\"x\":56"));
            node.write(Records.geo("2"));
            node.presenceOf(CLAUDE, there -> String.valueOf(there.get("cursor")).contains("\"x\":56"));
        }

        @Test
        @DisplayName("has its colour from its name")
        void colour() {
            assertThat(Appearance.of(CLAUDE).color())
                    .isEqualTo(Appearance.of(new Agent("another session", Optional.empty(), CLAUDE.name()))
                            .color());
            Set<String> colours = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                colours.add(Appearance.of(new Agent("s", Optional.empty(), "agent " + i))
                        .color());
            }
            assertThat(colours).hasSizeGreaterThan(40).allMatch(colour -> colour.matches("#[0-9A-F]{6}"));
        }

        @Test
        @DisplayName("shows a small presence, whatever it is called and has selected")
        void small() {
            String[] ids =
                    IntStream.range(0, 50_000).mapToObj(i -> "shape:" + i).toArray(String[]::new);
            Agent long_ = new Agent("s", Optional.empty(), "🤖".repeat(5_000));
            node.agents.look(ROOM, long_, Rights.EDITOR, at(1, 2, ids));
            JsonObject presence = node.presenceOf(long_, there -> true);
            assertThat(presence.toString().length()).isLessThan(20_000);
            assertThat(presence.string("userName")).isEqualTo("🤖".repeat(80));
        }

        @Test
        @DisplayName("stays for as long as it does something, and leaves when it has done nothing for ten minutes")
        void idle() {
            node.write(Records.geo("1"));
            node.seconds(400);
            assertThat(node.sessions()).containsExactly(CLAUDE.sessionId());
            node.write(Records.geo("2"));
            node.seconds(590);
            assertThat(node.sessions()).containsExactly(CLAUDE.sessionId());
            node.seconds(15);
            await().until(() -> node.sessions().isEmpty());
            assertThat(node.agents.places()).isZero();
            node.write(Records.geo("3"));
            assertThat(node.sessions()).containsExactly(CLAUDE.sessionId());
        }

        @Test
        @DisplayName("shows every five seconds that it is there, as people's clients do")
        void pings() {
            List<String> said = new CopyOnWriteArrayList<>();
            node.way = (visitor, socket, in) -> in.join(ROOM, visitor, socket).map(room -> new Attendance() {
                @Override
                public void received(ByteBuffer bytes, boolean last) {
                    byte[] text = new byte[bytes.remaining()];
                    bytes.duplicate().get(text);
                    said.add(AgentsFixture.text(text));
                    room.received(bytes, last);
                }

                @Override
                public void closed() {
                    room.closed();
                }
            });
            node.write(Records.geo("1"));
            node.seconds(60);
            await().until(() ->
                    said.stream().filter("{\"type\":\"ping\"}"::equals).count() == 12);
            node.secondsInRooms(15);
            assertThat(node.sessions()).containsExactly(CLAUDE.sessionId());
        }

        @Test
        @DisplayName("leaves all rooms at once, and its presence goes")
        void leaves() {
            node.create("other");
            Person ada = node.new Person("ada");
            node.write(CLAUDE, new BoardEdit(List.of(Records.geo("1")), List.of(), Optional.of(at(1, 2))));
            StoredRooms.get(node.agents.write("other", CLAUDE, Rights.EDITOR, puts(Records.geo("1"))));
            assertThat(node.agents.places()).isEqualTo(2);
            node.agents.leave(CLAUDE);
            assertThat(node.agents.places()).isZero();
            await().until(() -> node.sessions().equals(List.of("ada")));
            assertThat(StoredRooms.get(node.rooms.sessions("other")))
                    .allMatch(session -> session.state() != SessionDetails.State.CONNECTED);
            node.secondsInRooms(8);
            ada.sees("[\"remove\"]");
        }

        @Test
        @DisplayName("is one of several, who see what each other does")
        void two() {
            Agent other = new Agent("other", Optional.empty(), "Grace's robot");
            for (int i = 0; i < 5; i++) {
                node.write(CLAUDE, puts(Records.geo("a" + i)));
                node.write(other, puts(Records.geo("b" + i), Records.geo("a" + i)));
            }
            assertThat(node.sessions()).containsExactly("other", CLAUDE.sessionId());
            assertThat(node.documents()).hasSize(12);
        }

        @Test
        @DisplayName("takes the place of one who has been idle longest, where there is none left")
        void places() {
            nodeWith(
                    RoomSettings.DEFAULT,
                    new AgentSettings(2, 1, 1 << 20, Duration.ofMinutes(10), Duration.ofSeconds(30)));
            node.create("other");
            for (String name : List.of("a", "b", "c")) {
                node.write(new Agent(name, Optional.empty(), name), puts(Records.geo(name)));
                node.seconds(1);
            }
            await().until(() -> node.sessions().equals(List.of("b", "c")));
            Agent c = new Agent("c", Optional.empty(), "c");
            StoredRooms.get(node.agents.write("other", c, Rights.EDITOR, puts(Records.geo("1"))));
            await().until(() -> node.sessions().equals(List.of("b")));
            assertThat(node.agents.places()).isEqualTo(2);
        }

        @Test
        @DisplayName("does not have a large room sent to it, nor keeps what others do there")
        void large() {
            String note = "x".repeat(100_000);
            for (int i = 0; i < 50; i++) {
                node.put(Records.withMeta(Records.geo("large" + i), "{\"note\":\"" + note + "\"}"));
            }
            AtomicLong told = new AtomicLong();
            node.way = (visitor, socket, in) -> in.join(ROOM, visitor, new CountingSocket(socket, told));
            node.write(Records.geo("1"));
            assertThat(told.get()).isBetween(1_000L, 20_000L);

            Person ada = node.new Person("ada");
            for (int i = 0; i < 20; i++) {
                node.put(Records.withMeta(Records.geo("busy" + i), "{\"note\":\"push_result" + note + "\"}"));
            }
            ada.sees("busy19");
            await().until(() -> told.get() > 2_000_000);
            node.write(Records.geo("2"));
            ada.leave();
        }

        @Test
        @DisplayName("comes no more when the server stops")
        void stops() {
            node.write(Records.geo("1"));
            node.agents.close();
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("2")))).isInstanceOf(AgentException.Busy.class);
            node.agents.look(ROOM, CLAUDE, Rights.EDITOR, at(1, 1));
            await().until(() -> node.sessions().isEmpty());
        }
    }

    @Nested
    @DisplayName("whose changes can be undone")
    class Past {

        @Test
        @DisplayName("has one version made before its first change, and one more after it has been away")
        void once() {
            node.put(Records.geo("before"));
            long clock = node.clockOfRoom();
            Written first = node.write(Records.geo("1"));
            assertThat(first.before()).isPresent();
            assertThat(node.write(Records.geo("2")).before()).isEmpty();
            assertThat(node.versionsMade())
                    .singleElement()
                    .returns(Reason.BEFORE_AGENT, Version::reason)
                    .returns(clock, Version::clock)
                    .returns(first.before(), version -> Optional.of(version.id()));

            node.agents.leave(CLAUDE);
            assertThat(node.write(Records.geo("3")).before()).isPresent();
            assertThat(node.versionsMade()).hasSize(2);
        }

        @Test
        @DisplayName("has none made for what fails, or by looking")
        void none() {
            node.agents.look(ROOM, CLAUDE, Rights.EDITOR, at(1, 1));
            node.presenceOf(CLAUDE, there -> true);
            assertThat(node.failure(Rights.EDITOR, puts(Records.withProp(Records.geo("2"), "color", "\"mauve\""))))
                    .isInstanceOf(AgentException.Invalid.class);
            assertThat(node.versionsMade()).isEmpty();
        }

        @Test
        @DisplayName("changes nothing when none can be made, and has one made as soon as one can")
        void failing() {
            node.versionsFail = true;
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("1"))))
                    .isInstanceOf(AgentException.Unavailable.class)
                    .hasMessageContaining("version");
            assertThat(node.documents()).hasSize(2);
            node.versionsFail = false;
            assertThat(node.write(Records.geo("1")).before()).isPresent();
        }

        @Test
        @DisplayName("works where rooms have no past, too")
        void off() {
            node.close();
            node = new AgentsFixture(RoomSettings.DEFAULT, AgentSettings.DEFAULT, false);
            assertThat(node.write(Records.geo("1")).before()).isEmpty();
            assertThat(node.versionsMade()).isEmpty();
        }
    }

    @Nested
    @DisplayName("whose room goes")
    class Losing {

        @Test
        @DisplayName("is told that there is no such room, and does not make one")
        void deleted() {
            node.write(Records.geo("1"));
            StoredRooms.get(node.rooms.delete(ROOM));
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("2"))))
                    .isInstanceOf(AgentException.NoSuchRoom.class);
            assertThat(AgentsFixture.failure(node.agents.write("never", CLAUDE, Rights.EDITOR, puts(Records.geo("2")))))
                    .isInstanceOf(AgentException.NoSuchRoom.class);
            assertThat(AgentsFixture.failure(node.rooms.describe("never"))).isNotNull();
            assertThat(AgentsFixture.failure(node.rooms.describe(ROOM))).isNotNull();
        }

        @Test
        @DisplayName("is told so when it goes in the middle of a change")
        void deletedMeanwhile() {
            node.write(Records.geo("1"));
            node.way = (visitor, socket, in) -> in.join(ROOM, visitor, socket);
            cutting(Cut.BEFORE, () -> StoredRooms.get(node.rooms.delete(ROOM)));
            node.agents.leave(CLAUDE);
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("2"))))
                    .isInstanceOf(AgentException.NoSuchRoom.class);
        }

        @Test
        @DisplayName("comes in again when the room is put away, or sends it away for a while")
        void putAway() {
            node.write(Records.geo("1"));
            StoredRooms.get(node.rooms.unload(ROOM));
            node.write(Records.geo("2"));
            assertThat(node.versionsMade()).hasSize(1);
            StoredRooms.get(node.rooms.dismiss(ROOM, CLAUDE.sessionId(), new HostReason("Not now, please")));
            // What is written while that arrives is refused.
            await().ignoreExceptions().untilAsserted(() -> node.write(Records.geo("3")));
            assertThat(node.documents()).hasSize(5);
        }

        @Test
        @DisplayName("loses nothing when the room is put away during each of its changes")
        void putAwayMeanwhile() {
            for (int i = 0; i < 100; i++) {
                CompletionStage<Written> write =
                        node.agents.write(ROOM, CLAUDE, Rights.EDITOR, puts(Records.geo("n" + i)));
                StoredRooms.get(node.rooms.unload(ROOM));
                assertThat(StoredRooms.get(write).passedOver()).isEmpty();
            }
            assertThat(node.documents()).hasSize(102);
        }

        @Test
        @DisplayName("says a change again that has not reached it")
        void repeated() {
            AtomicInteger cuts = cutting(Cut.BEFORE, () -> {});
            Written written = node.write(Records.geo("1"));
            assertThat(cuts).hasValue(1);
            assertThat(written.before()).isPresent();
            assertThat(node.documents()).containsKey("shape:1");
            assertThat(node.versionsMade()).hasSize(1);
        }

        @Test
        @DisplayName("does not say a change again of which only the answer was lost")
        void answerLost() {
            long clock = node.clockOfRoom();
            AtomicInteger cuts = cutting(Cut.ANSWER, () -> {});
            Written written = node.write(Records.geo("1"));
            assertThat(cuts).hasValue(1);
            assertThat(written.documentClock()).isEqualTo(clock + 1).isEqualTo(node.clockOfRoom());
        }

        @Test
        @DisplayName("does not undo what somebody has made of its change while its answer was lost, and says so")
        void changedMeanwhile() {
            JsonObject theirs = Records.geo("1").with("x", JsonNumber.of(99));
            AtomicInteger cuts = cutting(Cut.ANSWER, () -> node.put(theirs));
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("1")))).isInstanceOf(AgentException.Unknown.class);
            assertThat(cuts).hasValue(1);
            assertThat(node.documents().get("shape:1")).contains("\"x\":99");
        }

        @Test
        @DisplayName("gives up when it cannot come in")
        void neverIn() {
            AtomicInteger joins = new AtomicInteger();
            node.way = (visitor, socket, in) -> {
                joins.incrementAndGet();
                socket.close(1013, "");
                return Optional.empty();
            };
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("1"))))
                    .isInstanceOf(AgentException.Unavailable.class);
            assertThat(joins.get()).isBetween(3, 20);
            assertThat(node.agents.places()).isZero();
        }

        @Test
        @DisplayName(
                "knows what is stored of its change when the room does not answer, and says so when nothing is yet")
        void silent() {
            nodeWith(
                    RoomSettings.DEFAULT,
                    new AgentSettings(8, 8, 1 << 20, Duration.ofMinutes(10), Duration.ofMillis(500)));
            node.way = (visitor, socket, in) -> in.join(ROOM, visitor, new SilentSocket(socket));
            assertThat(node.write(Records.geo("1")).documentClock()).isEqualTo(node.clockOfRoom()); // it can be seen
            node.way = (visitor, socket, in) -> in.join(ROOM, visitor, socket).map(Deaf::new);
            assertThat(node.failure(Rights.EDITOR, puts(Records.geo("2"))))
                    .isInstanceOf(AgentException.Unknown.class)
                    .hasMessageContaining("did not answer");
            assertThat(node.sessions()).isEmpty();
        }

        /** The connection breaks once: at the first push, or at the answer to it. */
        private AtomicInteger cutting(Cut cut, Runnable meanwhile) {
            AtomicInteger cuts = new AtomicInteger();
            node.way = (visitor, socket, in) -> {
                CutSocket between = new CutSocket(socket, cut, cuts, meanwhile);
                return in.join(ROOM, visitor, between).map(between::entered);
            };
            return cuts;
        }
    }

    private enum Cut {
        BEFORE,
        ANSWER
    }

    /** A socket like another one. */
    private static class SocketBetween implements ClientSocket {
        final ClientSocket socket;

        SocketBetween(ClientSocket socket) {
            this.socket = socket;
        }

        @Override
        public void serveOn(Loop loop) {
            socket.serveOn(loop);
        }

        @Override
        public void pauseReading() {
            socket.pauseReading();
        }

        @Override
        public void resumeReading() {
            socket.resumeReading();
        }

        @Override
        public boolean sendPart(Payload bytes, Part part, Runnable whenTaken) {
            return socket.sendPart(bytes, part, whenTaken);
        }

        @Override
        public long unsent() {
            return socket.unsent();
        }

        @Override
        public void close(int code, String reason) {
            socket.close(code, reason);
        }

        @Override
        public void drop() {
            socket.drop();
        }
    }

    /** Counts what is said to the agent. */
    private static final class CountingSocket extends SocketBetween {
        private final AtomicLong bytes;

        CountingSocket(ClientSocket socket, AtomicLong bytes) {
            super(socket);
            this.bytes = bytes;
        }

        @Override
        public boolean sendPart(Payload message, Part part, Runnable whenTaken) {
            bytes.addAndGet(message.length());
            return super.sendPart(message, part, whenTaken);
        }
    }

    /** Hears no push. */
    private record Deaf(Attendance room) implements Attendance {
        @Override
        public void received(ByteBuffer bytes, boolean last) {
            byte[] text = new byte[bytes.remaining()];
            bytes.duplicate().get(text);
            if (!AgentsFixture.text(text).startsWith("{\"type\":\"push\"")) {
                room.received(bytes, last);
            }
        }

        @Override
        public void closed() {
            room.closed();
        }
    }

    /** Says no word of an answer to a push. */
    private static final class SilentSocket extends SocketBetween {
        SilentSocket(ClientSocket socket) {
            super(socket);
        }

        @Override
        public boolean sendPart(Payload message, Part part, Runnable whenTaken) {
            return Hearing.mayHaveResult(message) || super.sendPart(message, part, whenTaken);
        }
    }

    /** Breaks as when a room moves. */
    private static final class CutSocket extends SocketBetween {
        private final Cut cut;
        private final AtomicInteger cuts;
        private final Runnable meanwhile;

        CutSocket(ClientSocket socket, Cut cut, AtomicInteger cuts, Runnable meanwhile) {
            super(socket);
            this.cut = cut;
            this.cuts = cuts;
            this.meanwhile = meanwhile;
        }

        private boolean cuts(Cut here) {
            return cut == here && cuts.compareAndSet(0, 1);
        }

        private void cutOff() {
            Thread.startVirtualThread(() -> {
                meanwhile.run();
                socket.close(1012, "");
            });
        }

        @Override
        public boolean sendPart(Payload message, Part part, Runnable whenTaken) {
            if (Hearing.mayHaveResult(message) && cuts(Cut.ANSWER)) {
                cutOff();
                return true;
            }
            return super.sendPart(message, part, whenTaken);
        }

        Attendance entered(Attendance room) {
            return new Attendance() {
                private boolean deaf;

                @Override
                public void received(ByteBuffer bytes, boolean last) {
                    byte[] text = new byte[bytes.remaining()];
                    bytes.duplicate().get(text);
                    if (AgentsFixture.text(text).startsWith("{\"type\":\"push\"") && cuts(Cut.BEFORE)) {
                        deaf = true;
                        cutOff();
                    }
                    if (!deaf) {
                        room.received(bytes, last);
                    }
                }

                @Override
                public void closed() {
                    room.closed();
                }
            };
        }
    }
}
