package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.RefusalReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("[§21.23] About writes that are decided elsewhere")
class AskingTest {
    private static final JsonObject PAGE = Records.page("new");
    private static final String PAGE_ID = Records.idOf(PAGE);

    private final RoomFixture room =
            RoomFixture.create(RoomSettings.DEFAULT.with(RecordAuthorizers.NONE.withDecidedElsewhere(Set.of("page"))));
    private final TestClient pusher = join("pusher");
    private final TestClient other = join("other");

    private TestClient join(String name) {
        return room.client(name)
                .visitor(new Visitor(name, Rights.EDITOR, "user-" + name, "Name", Long.MAX_VALUE))
                .join();
    }

    private static JsonObject named(String name) {
        return Diffs.patch("page:page", "{'name':['put','" + name + "']}");
    }

    private JsonObject page() {
        return room.record("page:page").orElseThrow();
    }

    private JsonObject page(String name) {
        return page().with("name", new JsonString(name));
    }

    @Nested
    @DisplayName("somebody is asked once for all those of a push:")
    class Question {

        @Test
        @DisplayName("with the records before and after, and who it is; nothing has happened until there is an answer")
        void asked() {
            JsonObject before = page();
            pusher.push(Diffs.all(Diffs.put(PAGE), named("a"), Diffs.put(Records.geo("1"))));

            Effect.Ask question = room.nextQuestion();
            Assertions.assertThat(question.connection()).isSameAs(pusher);
            Assertions.assertThat(question.author().userId()).contains("user-pusher");
            Assertions.assertThat(question.writes())
                    .containsExactly(new RecordWrite.Create(PAGE), new RecordWrite.Update(before, page("a")));
            assertThat(pusher).gotNothing();
            assertThat(other).gotNothing();
            assertThat(room).holdsNo(PAGE_ID, "shape:1");

            room.answer(question, WriteVerdict.ALLOWED, WriteVerdict.REFUSED);
            Assertions.assertThat(room.authors()).containsExactly(Optional.of(question.author()));
            assertThat(pusher).gotRebase(Diffs.all(Diffs.put(PAGE), Diffs.put(Records.geo("1"))));
            assertThat(other).gotPatch(Diffs.all(Diffs.put(PAGE), Diffs.put(Records.geo("1"))));
            Assertions.assertThat(room.hasQuestion()).isFalse();
        }

        @Test
        @DisplayName("and about a deletion")
        void deleted() {
            JsonObject before = page();
            pusher.push(Diffs.remove("page:page"));
            Effect.Ask question = room.nextQuestion();
            Assertions.assertThat(question.writes()).containsExactly(new RecordWrite.Delete(before));
            room.answer(question, WriteVerdict.REFUSED);
            assertThat(pusher).gotDiscard();
            assertThat(room).holds(before);
        }

        @Test
        @DisplayName("but not where nothing changes, where rights forbid it, and about other types")
        void notAsked() {
            pusher.push(Diffs.put(page()));
            pusher.push(Diffs.put(Records.geo("1")));
            TestClient viewer = room.client("viewer").readonly().join();
            viewer.push(Diffs.put(PAGE));
            Assertions.assertThat(room.hasQuestion()).isFalse();
            assertThat(viewer).gotDiscard();
        }

        @Test
        @DisplayName("a new record may be stored as another, which is validated")
        void stamped() {
            pusher.push(Diffs.put(PAGE));
            JsonObject stamped = PAGE.with("name", new JsonString("by user-pusher"));
            room.answer(room.nextQuestion(), WriteVerdict.allowedAs(stamped));
            assertThat(pusher).gotRebase(Diffs.put(stamped));

            other.push(Diffs.put(Records.page("next")));
            room.answer(
                    room.nextQuestion(),
                    WriteVerdict.allowedAs(Records.page("next").without("name")));
            assertThat(other).gotPatch(Diffs.put(stamped)).wasRefused(RefusalReason.INVALID_RECORD);
        }

        @Test
        @DisplayName("but not as a record with another id or of another type: that is a no")
        void otherRecord() {
            pusher.push(Diffs.put(PAGE));
            room.answer(room.nextQuestion(), WriteVerdict.allowedAs(Records.page("other")));
            pusher.push(Diffs.put(PAGE));
            room.answer(room.nextQuestion(), WriteVerdict.allowedAs(PAGE.with("typeName", new JsonString("document"))));
            assertThat(pusher).gotDiscard().gotDiscard();
        }

        @Test
        @DisplayName("too few verdicts, or too many, allow nothing")
        void unequal() {
            pusher.push(Diffs.put(PAGE));
            room.answer(room.nextQuestion());
            pusher.push(Diffs.put(PAGE));
            room.answer(room.nextQuestion(), WriteVerdict.ALLOWED, WriteVerdict.ALLOWED);
            assertThat(pusher).gotDiscard().gotDiscard();
        }

        @Test
        @DisplayName("nobody is asked about what would be refused anyway, and its session is")
        void invalidBesides() {
            pusher.push(Diffs.all(Diffs.put(PAGE), Diffs.put(Records.with(Records.geo("1"), "x", "'far'"))));
            assertThat(pusher).wasRefused(RefusalReason.INVALID_RECORD);
        }

        @Test
        @DisplayName("nor about a patch that would make it a record of another type: that is a no")
        void relabelled() {
            pusher.push(Diffs.patch("page:page", "{'typeName':['put','camera']}"));
            assertThat(pusher).gotDiscard();
            Assertions.assertThat(room.hasQuestion()).isFalse();
        }

        @Test
        @DisplayName("a client of an older release is asked about in our form, and told in its own")
        void olderDialect() {
            TestClient old =
                    room.client("old").protocol(7).schema(Schemas.V5_0_1).join();
            old.push(named("older"));
            Effect.Ask question = room.nextQuestion();
            Assertions.assertThat(question.writes()).containsExactly(new RecordWrite.Update(page(), page("older")));
            room.answer(question, WriteVerdict.ALLOWED);
            assertThat(old).gotCommit();
        }
    }

    @Nested
    @DisplayName("a verdict is on what a write makes of what:")
    class Rounds {

        @Test
        @DisplayName(
                "when somebody else has changed the record meanwhile, that write is asked about again, and no other")
        void again() {
            pusher.push(Diffs.all(Diffs.put(PAGE), named("mine")));
            Effect.Ask first = room.nextQuestion();
            room.update(update -> update.put(page("theirs")));
            room.answer(first, WriteVerdict.ALLOWED, WriteVerdict.ALLOWED);

            Effect.Ask second = room.nextQuestion();
            Assertions.assertThat(second.writes())
                    .containsExactly(new RecordWrite.Update(page("theirs"), page("mine")));
            Assertions.assertThat(second.number()).isNotEqualTo(first.number());
            room.answer(first, WriteVerdict.ALLOWED); // late, or once more
            assertThat(room).holdsNo(PAGE_ID);
            room.answer(second, WriteVerdict.ALLOWED);
            assertThat(pusher.forget()).isOpen();
            assertThat(room).holds(PAGE).holds(page("mine"));
        }

        @Test
        @DisplayName("whoever cannot be caught up with in three rounds is refused, and the rest of its push lands")
        void tooOften() {
            pusher.push(Diffs.all(Diffs.put(PAGE), named("mine")));
            Effect.Ask question = room.nextQuestion();
            for (int round = 1; round <= 3; round++) {
                String theirs = "theirs" + round;
                room.update(update -> update.put(page(theirs)));
                if (round == 1) {
                    room.answer(question, WriteVerdict.ALLOWED, WriteVerdict.ALLOWED);
                } else {
                    room.answer(question, WriteVerdict.ALLOWED);
                }
                if (round < 3) {
                    question = room.nextQuestion();
                }
            }
            Assertions.assertThat(room.hasQuestion()).isFalse();
            assertThat(room).holds(PAGE).holds(page("theirs3"));
        }

        @Test
        @DisplayName("a record that has gone meanwhile needs none")
        void gone() {
            room.update(update -> update.put(PAGE));
            pusher.push(Diffs.patch(PAGE_ID, "{'name':['put','mine']}"));
            Effect.Ask question = room.nextQuestion();
            room.update(update -> update.delete(PAGE_ID));
            room.answer(question, WriteVerdict.ALLOWED);
            Assertions.assertThat(room.hasQuestion()).isFalse();
            assertThat(room).holdsNo(PAGE_ID);
        }
    }

    @Nested
    @DisplayName("only whose write it is waits:")
    class Waiting {

        @Test
        @DisplayName("what it says meanwhile is held, in order, and asked about in its turn; pings are answered")
        void held() {
            pusher.push(Diffs.put(PAGE));
            Effect.Ask first = room.nextQuestion();
            pusher.push(Diffs.put(Records.geo("1")));
            pusher.push(named("later"));
            pusher.push(Diffs.put(Records.geo("2")));
            pusher.ping();
            assertThat(pusher).gotPong().gotNothing();
            other.push(Diffs.put(Records.geo("3")));
            assertThat(other).gotCommit();

            room.answer(first, WriteVerdict.ALLOWED);
            assertThat(pusher)
                    .gotPatch(Diffs.put(Records.geo("3")))
                    .gotCommit()
                    .gotCommit()
                    .gotNothing();
            room.answer(room.nextQuestion(), WriteVerdict.ALLOWED);
            assertThat(pusher).gotCommit().gotCommit().gotNothing();
            assertThat(room).holds(PAGE, Records.geo("1"), Records.geo("2"), page("later"));
        }

        @Test
        @DisplayName("one that draws for ten seconds meanwhile stays, and one that says too much connects again")
        void tooMuch() {
            pusher.push(Diffs.put(PAGE));
            for (int i = 0; i < 300; i++) {
                pusher.push(Diffs.put(Records.geo("own" + i)));
            }
            assertThat(pusher).isOpen();
            for (int i = 300; i < 1_100; i++) {
                pusher.push(Diffs.put(Records.geo("own" + i)));
            }
            assertThat(pusher).wasClosedToComeBack();
            room.answer(room.nextQuestion(), WriteVerdict.ALLOWED);
            assertThat(room).holdsNo(PAGE_ID, "shape:own0");
        }

        @Test
        @DisplayName("[§15] it is not taken for gone while it is we whom it waits for, and has its time after that")
        void idle() {
            pusher.push(Diffs.put(PAGE));
            for (int i = 0; i < 30; i++) {
                other.ping();
                room.seconds(1);
            }
            assertThat(pusher).isOpen();
            room.answer(room.nextQuestion(), WriteVerdict.ALLOWED);
            room.seconds(15);
            assertThat(pusher).isOpen().gotCommit();
            room.seconds(6);
            assertThat(pusher).wasClosedToComeBack();
        }

        @Test
        @DisplayName("one that reads too slowly is brought up to date meanwhile")
        void catchesUp() {
            pusher.push(Diffs.put(PAGE));
            long clock = room.room().documentClock();
            other.push(Diffs.put(Records.geo("1")));
            pusher.forget();
            room.perform(room.room().catchUp(pusher, clock, room.now()));
            Assertions.assertThat(pusher.next().string("type")).isEqualTo("patch");
        }

        @Test
        @DisplayName("one that connects once more over the same socket is answered when its push is")
        void connectsAgain() {
            pusher.push(Diffs.put(PAGE));
            pusher.connect();
            assertThat(pusher).gotNothing();
            room.answer(room.nextQuestion(), WriteVerdict.ALLOWED);
            assertThat(pusher).gotCommit();
            Assertions.assertThat(pusher.next().string("type")).isEqualTo("connect");
        }
    }

    @Nested
    @DisplayName("an answer comes too late, and changes nothing, when meanwhile")
    class Late {
        private final Effect.Ask question;

        Late() {
            pusher.push(Diffs.put(PAGE));
            question = room.nextQuestion();
        }

        private void nothingHappens() {
            other.forget();
            room.answer(question, WriteVerdict.ALLOWED);
            assertThat(other).gotNothing();
            assertThat(room).holdsNo(PAGE_ID);
        }

        @Test
        @DisplayName("its client has left")
        void left() {
            pusher.disconnect();
            nothingHappens();
        }

        @Test
        @DisplayName("it has been refused")
        void refused() {
            room.perform(room.room().refuse(pusher, RefusalReason.RATE_LIMITED, "test"));
            nothingHappens();
        }

        @Test
        @DisplayName("another socket has taken its place, which pushes anew")
        void replaced() {
            TestClient again = join("pusher");
            nothingHappens();
            again.push(Diffs.put(PAGE));
            room.answer(room.nextQuestion(), WriteVerdict.ALLOWED);
            assertThat(again).gotCommit();
        }

        @Test
        @DisplayName("the room is closed, or deleted")
        void closed() {
            room.perform(room.room().close("test"));
            assertThat(pusher).wasClosedToComeBack();
            nothingHappens();
        }

        @Test
        @DisplayName("the room moves: it does not go along, so that its client connects again and pushes anew")
        void moves() {
            room.perform(room.room().leaveBehind(connection -> false, "test"));
            assertThat(pusher).wasClosedToComeBack();
            assertThat(other).isOpen();
            Assertions.assertThat(room.room().passengers())
                    .extracting(each -> each.visitor().sessionId())
                    .containsExactly("other");
            nothingHappens();
        }

        @Test
        @DisplayName("it may not write any more: then that counts")
        void rights() {
            room.room().changeRights("pusher", Rights.VIEWER);
            room.answer(question, WriteVerdict.ALLOWED);
            assertThat(pusher).gotDiscard();
            assertThat(room).holdsNo(PAGE_ID);
        }

        @Test
        @DisplayName("nobody has asked")
        void unknown() {
            room.perform(room.room().answered(99, List.of(WriteVerdict.ALLOWED), room.now()));
            assertThat(pusher).gotNothing().isOpen();
        }
    }
}
