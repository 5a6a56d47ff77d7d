package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.RefusalReason;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("[§21.22] a session is told of what its own schema names")
class ProjectionTest {
    @Nested
    @DisplayName("tldraw 4.5, which knows no users and no outline that is none")
    class Older {
        private final JsonObject bare = Records.withProp(Records.geo("1"), "dash", "'none'");
        private final RoomFixture room = RoomFixture.with(bare, Records.user("u"));
        private final TestClient modern = room.join("modern");
        private final TestClient old =
                room.client("old").schema(Schemas.V4_5_12).join();

        private JsonObject narrowed() {
            return Records.withoutProp(
                    Records.withoutProp(Records.withProp(bare, "dash", "'solid'"), "flipX"), "flipY");
        }

        @Test
        @DisplayName("is not told of users when it comes, and sees the nearest outline that it knows")
        void hydration() {
            assertThat(old)
                    .isHydrated("wipe_all", 2)
                    .wasGiven(narrowed())
                    .wasGivenOnly("document:document", "page:page", "shape:1");
        }

        @Test
        @DisplayName("is told of the clock when a user changes, comes or goes, and of nothing else")
        void users() {
            modern.push(Diffs.put(Records.user("v")));
            modern.push(Diffs.patch("user:u", "{'name':['put','U']}"));
            modern.push(Diffs.remove("user:u"));

            assertThat(old)
                    .gotPatch(JsonObject.EMPTY)
                    .atClock(3)
                    .gotPatch(JsonObject.EMPTY)
                    .gotPatch(JsonObject.EMPTY)
                    .atClock(5);
            assertThat(room.client("back")
                            .schema(Schemas.V4_5_12)
                            .lastServerClock(2)
                            .join())
                    .isHydrated("wipe_presence", 5)
                    .wasGivenOnly()
                    .wasToldToForgetOnly();
        }

        @Test
        @DisplayName("keeps the outline that it does not know when it changes something else")
        void keeps() {
            old.push(Diffs.patch("shape:1", "{'x':['put',5],'props':['patch',{'w':['put',7]}]}"));

            assertThat(old).gotCommit();
            assertThat(modern).gotPatch(Diffs.patch("shape:1", "{'x':['put',5],'props':['patch',{'w':['put',7]}]}"));
            assertThat(room).holds(Records.withProp(Records.with(bare, "x", "5"), "w", "7"));
        }

        @Test
        @DisplayName("keeps it when it puts the whole shape, too")
        void keepsInPut() {
            old.push(Diffs.put(Records.with(narrowed(), "x", "5")));

            assertThat(old).gotRebase(Diffs.patch("shape:1", "{'x':['put',5]}"));
            assertThat(room).holds(Records.with(bare, "x", "5"));
        }

        @Test
        @DisplayName("may choose another outline")
        void chooses() {
            old.push(Diffs.patch("shape:1", "{'props':['patch',{'dash':['put','draw']}]}"));

            assertThat(old).gotCommit();
            assertThat(room).holds(Records.withProp(bare, "dash", "'draw'"));
        }

        @Test
        @DisplayName("is told when the outline becomes one that it knows, and nothing when it is the one it sees")
        void becomesKnown() {
            modern.push(Diffs.patch("shape:1", "{'props':['patch',{'dash':['put','solid']}]}"));
            modern.push(Diffs.patch("shape:1", "{'props':['patch',{'dash':['put','dotted']}]}"));

            assertThat(old)
                    .gotPatch(JsonObject.EMPTY)
                    .gotPatch(Diffs.patch("shape:1", "{'props':['patch',{'dash':['put','dotted']}]}"));
        }

        @Test
        @DisplayName("sees cursors and scribbles that it knows")
        void presence() {
            JsonObject commenting =
                    Records.with(Records.presence("modern"), "cursor", "{'x':1,'y':2,'type':'comment','rotation':0}");
            TestClient older = room.client("older").schema(Schemas.V4_2_3).join();
            modern.pushPresence(Diffs.putOp(Records.with(
                    commenting,
                    "scribbles",
                    "[{'id':'s','points':[],'size':1,'color':'black','opacity':1,'state':'complete','delay':0,'shrink':0,"
                            + "'taper':true}]")));

            Assertions.assertThat(old.next().toString())
                    .contains("\"type\":\"default\"", "\"state\":\"complete\"")
                    .doesNotContain("comment");
            Assertions.assertThat(older.next().toString()).contains("\"type\":\"default\"", "\"state\":\"stopping\"");
        }

        @Test
        @DisplayName("sees a full area where one is lined: 4.2, whose numbers are those of 4.0")
        void linedFill() {
            TestClient older = room.client("older").schema(Schemas.V4_2_3).join();
            modern.push(Diffs.patch("shape:1", "{'props':['patch',{'fill':['put','lined-fill']}]}"));

            assertThat(older).gotPatch(Diffs.patch("shape:1", "{'props':['patch',{'fill':['put','fill']}]}"));
            assertThat(old).gotPatch(Diffs.patch("shape:1", "{'props':['patch',{'fill':['put','lined-fill']}]}"));
        }

        @Test
        @DisplayName("cannot change what it does not know, nor delete it")
        void untouched() {
            old.push(Diffs.remove("user:u"));
            old.push(Diffs.patch("user:u", "{'name':['put','x']}"));

            assertThat(old).gotDiscard().gotDiscard();
            assertThat(modern).gotNothing();
            assertThat(room).holds(Records.user("u")).hasClock(2);
        }

        @Test
        @DisplayName("is refused when it puts what its schema does not name: it contradicts itself")
        void contradicts() {
            old.push(Diffs.put(Records.user("v")));

            assertThat(old).wasRefused(RefusalReason.INVALID_RECORD);
        }
    }

    @Nested
    @DisplayName("a client without cards")
    class Plain {
        private final RoomFixture room = RoomFixture.with(
                Schemas.WITH_CARDS,
                Records.frame("f"),
                Records.on("shape:f", Records.card("c")),
                Records.on("shape:c", Records.geo("onCard")),
                Records.on("shape:onCard", Records.geo("deeper")),
                Records.arrow("a"),
                Records.binding("b", "shape:a", "shape:c"));
        private final TestClient modern =
                room.client("modern").schema(Schemas.WITH_CARDS.serialize()).join();
        private final TestClient plain = room.join("plain");

        @Test
        @DisplayName("sees neither cards nor what is on them or bound to them")
        void hydration() {
            assertThat(plain).wasGivenOnly("document:document", "page:page", "shape:f", "shape:a");
        }

        @Test
        @DisplayName("is told of nothing that happens on a card")
        void nothing() {
            modern.push(Diffs.all(
                    Diffs.patch("shape:c", "{'x':['put',5]}"),
                    Diffs.patch("shape:deeper", "{'x':['put',5]}"),
                    Diffs.put(Records.on("shape:deeper", Records.geo("new"))),
                    Diffs.remove("binding:b")));

            assertThat(modern).gotCommit();
            assertThat(plain).gotPatch(JsonObject.EMPTY).atClock(3);
        }

        @Test
        @DisplayName("sees appear what is taken off a card, with what is on it, and disappear what is laid on one")
        void turns() {
            modern.push(Diffs.patch("shape:onCard", "{'parentId':['put','page:page']}"));
            modern.push(Diffs.patch("shape:f", "{'parentId':['put','shape:c']}"));

            assertThat(plain)
                    .gotPatch(Diffs.put(Records.geo("onCard"), Records.on("shape:onCard", Records.geo("deeper"))))
                    .gotPatch(Diffs.remove("shape:f"));
        }

        @Test
        @DisplayName("comes again when a small change shows it more than can be told at once, and is given that")
        void muchAppears() {
            modern.push(Diffs.put(Records.on("shape:c", Records.geo("base"))));
            for (int i = 0; i <= Broadcasts.MOST_APPEARING; i++) {
                modern.push(Diffs.put(Records.on("shape:base", Records.geo("much" + i))));
            }
            modern.forget();
            plain.forget();

            modern.push(Diffs.patch("shape:base", "{'parentId':['put','page:page']}"));

            assertThat(modern).gotCommit().gotNothing();
            assertThat(plain).wasClosedToComeBack();
            TestClient back = room.client("plain").lastServerClock(2).join();
            assertThat(back).wasGiven(Records.on("shape:base", Records.geo("much0")));
            modern.push(Diffs.patch("shape:base", "{'x':['put',5]}"));
            assertThat(back).gotPatch(Diffs.patch("shape:base", "{'x':['put',5]}"));
        }

        @Test
        @DisplayName("sees a binding appear and disappear with its end")
        void bindings() {
            modern.push(Diffs.patch("binding:b", "{'toId':['put','shape:f']}"));
            modern.push(Diffs.patch("shape:a", "{'parentId':['put','shape:c']}"));

            assertThat(plain)
                    .gotPatch(Diffs.put(Records.binding("b", "shape:a", "shape:f")))
                    .gotPatch(Diffs.remove("shape:a", "binding:b"));
        }

        @Test
        @DisplayName("sees a shape appear when it becomes one of a kind that it knows, and what is on it")
        void becomesKnown() {
            modern.push(Diffs.put(Records.on("shape:f", Records.geo("c"))));

            assertThat(plain)
                    .gotPatch(Diffs.put(
                            Records.on("shape:f", Records.geo("c")),
                            Records.on("shape:c", Records.geo("onCard")),
                            Records.on("shape:onCard", Records.geo("deeper")),
                            Records.binding("b", "shape:a", "shape:c")));
        }

        @Test
        @DisplayName("comes back and is told what has appeared and disappeared, though it did not change")
        void comesBack() {
            modern.push(Diffs.patch("shape:onCard", "{'parentId':['put','page:page']}"));
            modern.push(Diffs.put(Records.geo("x")));
            modern.push(Diffs.patch("shape:a", "{'parentId':['put','shape:c']}"));

            assertThat(room.client("plain").lastServerClock(2).join())
                    .isHydrated("wipe_presence", 5)
                    .wasGiven(
                            Records.geo("onCard"), Records.on("shape:onCard", Records.geo("deeper")), Records.geo("x"))
                    .wasGivenOnly("shape:onCard", "shape:deeper", "shape:x")
                    .wasToldToForgetOnly("shape:a");
        }

        @Test
        @DisplayName("is told to forget what was deleted while it was away and is back as a card, unless it knew that")
        void backAsCard() {
            modern.push(Diffs.put(Records.geo("x")));
            modern.push(Diffs.remove("shape:x"));
            modern.push(Diffs.put(Records.card("x")));

            assertThat(room.client("away").lastServerClock(3).join())
                    .isHydrated("wipe_presence", 5)
                    .wasGivenOnly()
                    .wasToldToForgetOnly("shape:x");
            assertThat(room.client("knew").lastServerClock(4).join())
                    .isHydrated("wipe_presence", 5)
                    .wasGivenOnly()
                    .wasToldToForgetOnly();
        }

        @Test
        @DisplayName("is told to forget what disappeared, was deleted unseen, and is back as a card")
        void backAsCardAfterAll() {
            modern.push(Diffs.put(Records.geo("x")));
            modern.push(Diffs.patch("shape:x", "{'parentId':['put','shape:c']}"));
            modern.push(Diffs.remove("shape:x"));
            modern.push(Diffs.put(Records.card("x")));

            assertThat(room.client("away").lastServerClock(3).join()).wasToldToForgetOnly("shape:x");
            assertThat(room.client("knew").lastServerClock(4).join()).wasToldToForgetOnly();
        }

        @Test
        @DisplayName("costs memory that is counted, and is given back when nobody needs it any more")
        void bytes() {
            long two = room.room().translatedBytes();
            Assertions.assertThat(two).isPositive();
            modern.push(Diffs.put(Records.on("shape:c", Records.geo("more"))));
            Assertions.assertThat(room.room().translatedBytes()).isGreaterThan(two);
            plain.disconnect();
            room.seconds(10);
            room.seconds(200);
            Assertions.assertThat(room.room().translatedBytes()).isZero();
        }

        @Test
        @DisplayName("is given all again when nobody remembers what it saw")
        void forgotten() {
            plain.disconnect();
            room.seconds(10);
            room.seconds(200);
            room.update(update -> update.put(Records.geo("onCard")));

            assertThat(room.client("plain").lastServerClock(2).join())
                    .isHydrated("wipe_all", 3)
                    .wasGivenOnly(
                            "document:document", "page:page", "shape:f", "shape:a", "shape:onCard", "shape:deeper");
        }

        @Test
        @DisplayName("deletes with a frame what it does not see on it, and nobody is left with bindings to nothing")
        void deletes() {
            plain.push(Diffs.remove("shape:f"));

            assertThat(plain).gotCommit();
            assertThat(modern)
                    .gotPatch(Diffs.remove("shape:f", "shape:c", "binding:b", "shape:onCard", "shape:deeper"))
                    .atClock(3);
            assertThat(room).holdsOnly("document:document", "page:page", "shape:a");
        }

        @Test
        @DisplayName("deletes with an arrow the binding to a card")
        void deletesArrow() {
            plain.push(Diffs.remove("shape:a"));

            assertThat(plain).gotCommit();
            assertThat(modern).gotPatch(Diffs.remove("shape:a", "binding:b"));
        }

        @Test
        @DisplayName("moves what it does not see when it takes apart what that is on")
        void takesApart() {
            modern.push(Diffs.all(
                    Diffs.put(Records.on("shape:f", Records.geo("g"))),
                    Diffs.patch("shape:f", "{'x':['put',100],'y':['put',50]}"),
                    Diffs.patch("shape:c", "{'x':['put',3],'y':['put',4]}")));
            modern.forget();
            plain.forget();

            plain.push(Diffs.all(
                    Diffs.patch("shape:g", "{'parentId':['put','page:page'],'x':['put',100],'y':['put',50]}"),
                    Diffs.remove("shape:f")));

            assertThat(plain).gotCommit();
            assertThat(modern)
                    .gotPatch(Diffs.all(
                            Diffs.patch("shape:g", "{'parentId':['put','page:page'],'x':['put',100],'y':['put',50]}"),
                            Diffs.remove("shape:f"),
                            Diffs.patch("shape:c", "{'parentId':['put','page:page'],'x':['put',103],'y':['put',54]}")));
        }

        @Test
        @DisplayName("loses sight of what it lays on a shape that has just been laid on a card")
        void race() {
            modern.push(Diffs.patch("shape:f", "{'parentId':['put','shape:c']}"));
            modern.push(Diffs.patch("shape:c", "{'parentId':['put','page:page']}"));
            plain.forget();
            modern.forget();

            plain.push(Diffs.all(
                    Diffs.put(Records.on("shape:f", Records.geo("late"))),
                    Diffs.patch("shape:a", "{'parentId':['put','shape:f']}"),
                    Diffs.patch("shape:f", "{'x':['put',5]}")));

            assertThat(plain).gotRebase(Diffs.remove("shape:a"));
            assertThat(modern)
                    .gotPatch(Diffs.all(
                            Diffs.put(Records.on("shape:f", Records.geo("late"))),
                            Diffs.patch("shape:a", "{'parentId':['put','shape:f']}")));
        }

        @Test
        @DisplayName("cannot put something else in the place of what it does not see")
        void taken() {
            plain.push(Diffs.put(Records.geo("c")));

            assertThat(plain).gotDiscard();
            assertThat(room).holds(Records.on("shape:f", Records.card("c")));
        }

        @Test
        @DisplayName("sees the cards of those who name them as they are, whatever else they do not know")
        void narrowedCard() {
            TestClient old = room.client("old")
                    .schema(Schemas.withCards(Schemas.V4_5_12))
                    .join();

            assertThat(old).wasGiven(Records.on("shape:f", Records.withProp(Records.card("c"), "outline", "'solid'")));
        }

        @Test
        @DisplayName("is told the difference when the room is replaced by a small snapshot")
        void loaded() throws Exception {
            RoomSnapshot before = room.snapshot();
            modern.push(Diffs.remove("shape:c", "shape:onCard", "shape:deeper", "binding:b", "shape:a"));
            plain.forget();

            room.perform(room.room().load(before, false));

            assertThat(plain).gotPatch(Diffs.put(Records.arrow("a")));
        }
    }
}
