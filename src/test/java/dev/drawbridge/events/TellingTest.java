package dev.drawbridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Closed.Why;
import dev.drawbridge.events.Happening.Counts;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.events.Happening.Diff;
import dev.drawbridge.events.Happening.Joined;
import dev.drawbridge.events.Happening.Left;
import dev.drawbridge.events.Happening.LimitHit;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.events.Happening.VersionCreated;
import dev.drawbridge.protocol.Limit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may be told of a room, by what was told before. */
class TellingTest {
    private static final Instant NOW = Instant.parse("2026-11-28T17:00:00.123Z");
    private static final Person ANN = new Person("s1", Optional.of("ann"), Optional.of("Ann"));
    private static final @Nullable Story NONE = null;

    private static RoomEvent at(String node, Happening what) {
        return new RoomEvent("room", NOW, node, what);
    }

    private static Story closed(long clock) {
        return new Story(clock, Optional.empty());
    }

    private static Story open(long clock, String node) {
        return new Story(clock, Optional.of(node));
    }

    private static Changed counted(long since, long clock) {
        return new Changed(
                since,
                clock,
                Optional.of(new Counts(1, 2, 3, 4)),
                List.of(ANN),
                Optional.of(new Diff(List.of(), List.of("shape:1"), true)));
    }

    private static Changed uncounted(long since, long clock, Person... by) {
        return new Changed(since, clock, Optional.empty(), List.of(by), Optional.empty());
    }

    private static Telling told(@Nullable Story story, RoomEvent... events) {
        return new Telling(List.of(events), Optional.ofNullable(story));
    }

    private static Telling nothing(@Nullable Story story) {
        return told(story);
    }

    private static void assertTold(RoomEvent event, @Nullable Story before, @Nullable Story after) {
        assertThat(Telling.of(event, before)).isEqualTo(told(after, event));
    }

    private static void assertNotTold(RoomEvent event, @Nullable Story story) {
        assertThat(Telling.of(event, story)).isEqualTo(nothing(story));
    }

    static Stream<Happening> besideTheStory() {
        return Stream.of(
                new VersionCreated("v", 3, "named", Optional.empty()), new LimitHit(Limit.RECORDS_PER_ROOM, 2));
    }

    @ParameterizedTest
    @MethodSource("besideTheStory")
    @DisplayName("Versions and limits are told in any case, and change no story")
    void besides(Happening what) {
        assertTold(at("n1", what), NONE, NONE);
        assertTold(at("n1", what), closed(3), closed(3));
        assertTold(at("n1", what), open(3, "n1"), open(3, "n1"));
        assertTold(at("n1", what), open(3, "n2"), open(3, "n2"));
    }

    @Nested
    @DisplayName("Of a room of which nothing was told")
    class WithoutStory {

        @Test
        @DisplayName("it is told that it was made, also when it is opened")
        void begins() {
            assertTold(at("n1", new Created(4)), NONE, closed(4));
            assertThat(Telling.of(at("n1", new Opened(4)), NONE))
                    .isEqualTo(told(open(4, "n1"), at("n1", new Created(4)), at("n1", new Opened(4))));
        }

        static Stream<Happening> others() {
            return Stream.of(
                    counted(1, 2),
                    new Closed(Why.ENDED),
                    new Closed(Why.LOST),
                    new Deleted(),
                    new Deleted(OptionalLong.of(0)),
                    new Joined(ANN, false),
                    new Left(ANN));
        }

        @ParameterizedTest
        @MethodSource("others")
        @DisplayName("nothing else is told")
        void elseNothing(Happening what) {
            assertNotTold(at("n1", what), NONE);
        }
    }

    @Nested
    @DisplayName("That a room was made")
    class Making {

        @Test
        @DisplayName("is not told of one that has a story")
        void repeated() {
            assertNotTold(at("n1", new Created(4)), closed(4));
            assertNotTold(at("n1", new Created(0)), open(4, "n1"));
            assertNotTold(at("n2", new Created(9)), open(4, "n1"));
        }
    }

    @Nested
    @DisplayName("That a room was opened")
    class Opening {

        @Test
        @DisplayName("is told of one that was closed")
        void closedBefore() {
            assertTold(at("n1", new Opened(4)), closed(4), open(4, "n1"));
        }

        @Test
        @DisplayName("is not told again, whatever the clock was then")
        void repeated() {
            assertNotTold(at("n1", new Opened(4)), open(4, "n1"));
            assertNotTold(at("n1", new Opened(4)), open(9, "n1"));
            assertNotTold(at("n1", new Opened(9)), open(4, "n1"));
        }

        @Test
        @DisplayName("tells that another node has it no more")
        void elsewhere() {
            RoomEvent opened = at("n2", new Opened(4));

            assertThat(Telling.of(opened, open(4, "n1")))
                    .isEqualTo(told(open(4, "n2"), at("n1", new Closed(Why.LOST)), opened));
        }

        @Test
        @DisplayName("tells of the changes of which nobody has told")
        void missed() {
            RoomEvent opened = at("n2", new Opened(7));

            assertThat(Telling.of(opened, closed(4))).isEqualTo(told(open(7, "n2"), at("n2", uncounted(4, 7)), opened));
            assertThat(Telling.of(opened, open(4, "n1")))
                    .isEqualTo(told(open(7, "n2"), at("n1", new Closed(Why.LOST)), at("n2", uncounted(4, 7)), opened));
        }

        @Test
        @DisplayName("tells that a room was set back")
        void setBack() {
            RoomEvent opened = at("n2", new Opened(2));

            assertThat(Telling.of(opened, closed(4))).isEqualTo(told(open(2, "n2"), at("n2", uncounted(4, 2)), opened));
        }
    }

    @Nested
    @DisplayName("A change")
    class Changing {

        @Test
        @DisplayName("is told as it is when it goes on where the last one has ended")
        void goesOn() {
            assertTold(at("n1", counted(4, 6)), open(4, "n1"), open(6, "n1"));
            assertTold(at("n1", counted(4, 6)), closed(4), closed(6));
        }

        @Test
        @DisplayName("is not told by another node than the one that has the room open: it comes too late")
        void late() {
            assertNotTold(at("n1", counted(4, 6)), open(4, "n2"));
        }

        @Test
        @DisplayName("may go back from where the story is, when the room was set back, and from nowhere else")
        void setBack() {
            assertTold(at("n1", uncounted(6, 4)), closed(6), closed(4));
            assertNotTold(at("n1", uncounted(6, 4)), closed(7));
            assertNotTold(at("n1", uncounted(6, 4)), closed(4));
        }

        @Test
        @DisplayName("is not told again")
        void repeated() {
            assertNotTold(at("n1", counted(4, 6)), open(6, "n1"));
            assertNotTold(at("n1", counted(4, 6)), open(9, "n1"));
            assertNotTold(at("n1", counted(4, 6)), closed(6));
        }

        @Test
        @DisplayName("is told without counts and records when it begins elsewhere")
        void elsewhere() {
            assertThat(Telling.of(at("n1", counted(5, 7)), open(4, "n1")))
                    .isEqualTo(told(open(7, "n1"), at("n1", uncounted(4, 7, ANN))));
            assertThat(Telling.of(at("n1", counted(3, 7)), closed(4)))
                    .isEqualTo(told(closed(7), at("n1", uncounted(4, 7, ANN))));
        }
    }

    @Nested
    @DisplayName("That a room was closed")
    class Closing {

        @Test
        @DisplayName("is told of the node that has it open")
        void there() {
            assertTold(at("n1", new Closed(Why.ENDED)), open(4, "n1"), closed(4));
            assertTold(at("n1", new Closed(Why.LOST)), open(4, "n1"), closed(4));
        }

        @Test
        @DisplayName("is not told of another node, nor again")
        void elsewhere() {
            assertNotTold(at("n1", new Closed(Why.ENDED)), open(4, "n2"));
            assertNotTold(at("n1", new Closed(Why.ENDED)), closed(4));
        }
    }

    @Nested
    @DisplayName("That a room was deleted")
    class Deleting {

        @Test
        @DisplayName("ends its story")
        void ends() {
            assertTold(at("n1", new Deleted()), closed(4), NONE);
        }

        @Test
        @DisplayName("closes it first")
        void open() {
            RoomEvent deleted = at("n1", new Deleted());

            assertThat(Telling.of(deleted, TellingTest.open(4, "n1")))
                    .isEqualTo(told(NONE, at("n1", new Closed(Why.ENDED)), deleted));
            assertThat(Telling.of(deleted, TellingTest.open(4, "n2")))
                    .isEqualTo(told(NONE, at("n2", new Closed(Why.LOST)), deleted));
        }

        @Test
        @DisplayName("by one who has found it out is told only if nothing has happened since")
        void found() {
            RoomEvent found = at("n1", new Deleted(OptionalLong.of(4)));

            assertThat(Telling.of(found, closed(4))).isEqualTo(told(NONE, at("n1", new Deleted())));
            assertNotTold(found, closed(5));
            assertNotTold(found, closed(3));
            assertNotTold(found, TellingTest.open(4, "n1"));
            assertNotTold(found, TellingTest.open(4, "n2"));
        }
    }

    @Nested
    @DisplayName("Who comes and goes")
    class People {

        static Stream<Happening> comings() {
            return Stream.of(new Joined(ANN, true), new Left(ANN));
        }

        @ParameterizedTest
        @MethodSource("comings")
        @DisplayName("is told by the node that has the room open, and by no other")
        void people(Happening what) {
            assertTold(at("n1", what), open(4, "n1"), open(4, "n1"));
            assertNotTold(at("n1", what), open(4, "n2"));
            assertNotTold(at("n1", what), closed(4));
        }
    }
}
