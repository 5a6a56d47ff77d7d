package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.RefusalReason;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("[§13] clients that speak an older schema")
class MigrationTest {
    /** A shape that we hold with flipX and flipY, which came with geo/12; 5.2.4 does not know them. */
    private static final JsonObject OURS = Records.geo("1");

    private static final JsonObject THEIRS = withoutFlips(OURS);

    /** Valid for us, and without a way down to 5.0: its path is no path (§21.10). */
    private static final JsonObject NO_WAY_DOWN = Records.draw2d("bad", "AAAA");

    private final RoomFixture room = RoomFixture.with(OURS);
    private final TestClient modern = room.join("modern");
    private final TestClient old = room.client("old").schema(Schemas.V5_2_4).join();

    @Nested
    class Down {

        @Test
        @DisplayName("[§11] hydration is migrated down")
        void hydration() {
            assertThat(old).isHydrated("wipe_all", 2).wasGiven(THEIRS, Records.page());
            assertThat(modern).wasGiven(OURS);
        }

        @Test
        @DisplayName("[§11] an incremental hydration as well")
        void incremental() {
            modern.push(Diffs.all(
                    Diffs.patch("shape:1", "{'x':['put',5]}"),
                    Diffs.put(Records.geo("2")),
                    Diffs.remove(Records.PAGE_ID)));

            assertThat(room.client("back")
                            .schema(Schemas.V5_2_4)
                            .lastServerClock(2)
                            .join())
                    .isHydrated("wipe_presence", 3)
                    .wasGiven(Records.with(THEIRS, "x", "5"), withoutFlips(Records.geo("2")))
                    .wasToldToForgetOnly(Records.PAGE_ID);
        }

        @Test
        @DisplayName("[§13] a created record is a put of the migrated record")
        void created() {
            modern.push(Diffs.put(Records.geo("2")));

            assertThat(old).gotPatch(Diffs.put(withoutFlips(Records.geo("2")))).atClock(3);
        }

        @Test
        @DisplayName("[§13] a changed record is a patch between the migrated versions")
        void changed() {
            modern.push(
                    Diffs.patch("shape:1", "{'props':['patch',{'flipX':['put',true],'w':['put',7]}],'x':['put',5]}"));

            assertThat(old).gotPatch(Diffs.patch("shape:1", "{'props':['patch',{'w':['put',7]}],'x':['put',5]}"));
        }

        @Test
        @DisplayName("[§13] a patch that became empty is sent all the same: it carries the clock")
        void nothingLeft() {
            modern.push(Diffs.patch("shape:1", "{'props':['patch',{'flipX':['put',true]}]}"));

            assertThat(modern).gotCommit();
            assertThat(old).gotPatch(JsonObject.EMPTY).atClock(3).gotNothing();
        }

        @Test
        @DisplayName("[§13] a remove is a remove")
        void removed() {
            modern.push(Diffs.remove("shape:1"));

            assertThat(old).gotPatch(Diffs.remove("shape:1"));
        }

        @Test
        @DisplayName("[§13] several migrations at once, by which keys change their names")
        void renamed() {
            TestClient older = room.client("older").schema(Schemas.V5_0_1).join();
            JsonObject note = Records.withProp(Records.note("n"), "textLastEditedBy", "'user:u'");

            modern.push(Diffs.put(note));
            modern.push(Diffs.patch("shape:n", "{'props':['patch',{'textLastEditedBy':['put',null]}]}"));

            assertThat(older)
                    .gotPatch(Diffs.put(Records.withProp(
                            Records.withoutProp(note, "textLastEditedBy"), "textFirstEditedBy", "'user:u'")))
                    .gotPatch(Diffs.patch("shape:n", "{'props':['patch',{'textFirstEditedBy':['put',null]}]}"));
            assertThat(old).gotPatch(Diffs.put(note));
        }

        @Test
        @DisplayName("[§13] [§21.2] an old schema and an old protocol at once")
        void oldProtocol() {
            TestClient ancient =
                    room.client("ancient").schema(Schemas.V5_2_4).protocol(7).join();
            modern.push(Diffs.patch("shape:1", "{'meta':['put',{'s':'a'}],'props':['patch',{'flipX':['put',true]}]}"));
            ancient.forget();
            old.forget();

            modern.push(Diffs.patch("shape:1", "{'meta':['patch',{'s':['append','b',1]}]}"));

            assertThat(ancient).gotPatch(Diffs.patch("shape:1", "{'meta':['patch',{'s':['put','ab']}]}"));
            assertThat(old).gotPatch(Diffs.patch("shape:1", "{'meta':['patch',{'s':['append','b',1]}]}"));
        }

        @Test
        @DisplayName("[§13] changes by the host are migrated down as well")
        void byTheHost() {
            room.update(update -> update.put(Records.with(OURS, "x", "5")));

            assertThat(old).gotPatch(Diffs.patch("shape:1", "{'x':['put',5]}"));
        }
    }

    @Nested
    class Up {

        @Test
        @DisplayName("[§12.2] a put is migrated up; the result is in our form, so it is a rebase though it worked")
        void put() {
            old.push(Diffs.put(withoutFlips(Records.geo("2"))));

            assertThat(old).gotRebase(Diffs.put(withoutFlips(Records.geo("2")))).atClock(3);
            assertThat(modern).gotPatch(Diffs.put(Records.geo("2")));
            assertThat(room).holds(Records.geo("2"));
        }

        @Test
        @DisplayName("[§12.4] a put that no migration changes is a commit")
        void unaffected() {
            old.push(Diffs.put(Records.text("t")));

            assertThat(old).gotCommit();
            assertThat(modern).gotPatch(Diffs.put(Records.text("t")));
        }

        @Test
        @DisplayName("[§12.2] a patch is applied to the migrated record, and what comes of it is migrated up")
        void patch() {
            old.push(Diffs.patch("shape:1", "{'x':['put',5]}"));

            assertThat(old).gotCommit();
            assertThat(modern).gotPatch(Diffs.patch("shape:1", "{'x':['put',5]}"));
        }

        @Test
        @DisplayName("[§12.2] what the old client cannot know may be lost on the way; all are told")
        void lossy() {
            modern.push(Diffs.patch("shape:1", "{'props':['patch',{'flipX':['put',true]}]}"));
            modern.forget();
            old.forget();

            old.push(Diffs.patch("shape:1", "{'x':['put',5]}"));

            assertThat(old).gotRebase(Diffs.patch("shape:1", "{'x':['put',5]}"));
            assertThat(modern)
                    .gotPatch(Diffs.patch("shape:1", "{'x':['put',5],'props':['patch',{'flipX':['put',false]}]}"));
        }

        @Test
        @DisplayName("[§12.2] a patch in the names of the old schema")
        void renamed() {
            TestClient older = room.client("older").schema(Schemas.V5_0_1).join();
            modern.push(Diffs.put(Records.note("n")));
            older.forget();
            modern.forget();

            older.push(Diffs.patch("shape:n", "{'props':['patch',{'textFirstEditedBy':['put','user:u']}]}"));

            assertThat(older)
                    .gotRebase(Diffs.patch("shape:n", "{'props':['patch',{'textFirstEditedBy':['put','user:u']}]}"));
            assertThat(modern)
                    .gotPatch(Diffs.patch("shape:n", "{'props':['patch',{'textLastEditedBy':['put','user:u']}]}"));
        }

        @Test
        @DisplayName("[§12.4] a patch without effect is a discard")
        void discard() {
            old.push(Diffs.patch("shape:1", "{'x':['put',0]}"));
            old.push(Diffs.put(THEIRS));

            assertThat(old).gotDiscard().gotDiscard();
            assertThat(room).hasClock(2);
        }

        @Test
        @DisplayName("[§12.3] what is migrated up is validated in our form")
        void invalid() {
            old.push(Diffs.put(Records.withProp(THEIRS, "w", "'x'")));

            assertThat(old).wasRefused(RefusalReason.INVALID_RECORD);
        }

        @Test
        @DisplayName("[§9] presence is migrated like any record")
        void presence() {
            old.pushPresence(Diffs.putOp(Records.presence("old")));
            old.pushPresence(Diffs.patchOp("{'chatMessage':['put','hi']}"));

            assertThat(old).gotCommit().gotCommit();
            assertThat(modern)
                    .gotPatch(Diffs.put(Records.with(Records.presence("old"), "id", "'instance_presence:p2'")))
                    .gotPatch(Diffs.patch(TestClient.presenceId(2), "{'chatMessage':['append','hi',0]}"));
        }
    }

    @Nested
    @DisplayName("[§13] [§21.10] a record without a way down")
    class NoWayDown {
        private final TestClient older =
                room.client("older").schema(Schemas.V5_0_1).join();

        @Test
        @DisplayName("[§21.10] refuses the session that would have to be told, and no other")
        void broadcast() {
            older.pushPresence(Diffs.putOp(Records.presence("older")));
            modern.forget();
            old.forget();

            modern.push(Diffs.put(NO_WAY_DOWN));

            assertThat(older)
                    .gotCommit()
                    .wasRefused(RefusalReason.CLIENT_TOO_OLD)
                    .gotNothing();
            assertThat(modern)
                    .gotCommit()
                    .gotPatch(Diffs.remove(TestClient.presenceId(3)))
                    .gotNothing();
            assertThat(old)
                    .gotPatch(Diffs.put(NO_WAY_DOWN))
                    .gotPatch(Diffs.remove(TestClient.presenceId(3)))
                    .isOpen();
            assertThat(room).holds(NO_WAY_DOWN).hasSessions("modern", "old");
        }

        @Test
        @DisplayName("[§21.10] refuses several such sessions, each told nothing of what it cannot be told")
        void several() {
            TestClient another = room.client("another").schema(Schemas.V5_0_1).join();
            older.pushPresence(Diffs.putOp(Records.presence("older")));
            another.forget();

            modern.push(Diffs.put(NO_WAY_DOWN));

            assertThat(older)
                    .gotCommit()
                    .wasRefused(RefusalReason.CLIENT_TOO_OLD)
                    .gotNothing();
            assertThat(another).wasRefused(RefusalReason.CLIENT_TOO_OLD).gotNothing();
        }

        @Test
        @DisplayName("[§21.10] refuses a client that connects, and nobody notices")
        void hydration() {
            modern.push(Diffs.put(NO_WAY_DOWN));
            modern.forget();

            TestClient late = room.client("late").schema(Schemas.V5_0_1).connect();

            assertThat(late).wasRefused(RefusalReason.CLIENT_TOO_OLD).gotNothing();
            assertThat(modern).gotNothing();
        }

        @Test
        @DisplayName("[§7] a legacy session is told so in its own way")
        void legacy() {
            TestClient ancient =
                    room.client("ancient").schema(Schemas.V5_0_1).protocol(6).join();

            modern.push(Diffs.put(NO_WAY_DOWN));

            assertThat(ancient).gotIncompatibilityError("clientTooOld").wasClosedToComeBack();
        }

        @Test
        @DisplayName("[§21.10] its own pusher may stay as long as it need not be told of it")
        void pusherCommits() {
            older.push(Diffs.put(NO_WAY_DOWN));

            assertThat(older).gotCommit().isOpen();
            assertThat(modern).gotPatch(Diffs.put(NO_WAY_DOWN));
        }

        @Test
        @DisplayName("[§21.10] a pusher that cannot be told the result is refused, after all others were told")
        void pusherCannotBeTold() {
            older.push(Diffs.put(withoutFlips(Records.geo("2")), NO_WAY_DOWN));

            assertThat(older).wasRefused(RefusalReason.CLIENT_TOO_OLD).gotNothing();
            assertThat(modern)
                    .gotPatch(Diffs.put(Records.geo("2"), NO_WAY_DOWN))
                    .atClock(3);
            assertThat(room).holds(Records.geo("2"), NO_WAY_DOWN);
        }

        @Test
        @DisplayName("[§12.2] a patch of it cannot be applied: refused, and nothing of the push happens")
        void patch() {
            older.push(Diffs.put(NO_WAY_DOWN));
            older.push(Diffs.all(Diffs.remove("shape:1"), Diffs.patch("shape:bad", "{'x':['put',5]}")));

            assertThat(older)
                    .gotCommit()
                    .wasRefused(RefusalReason.CLIENT_TOO_OLD)
                    .gotNothing();
            assertThat(room).hasClock(3).holds(OURS, NO_WAY_DOWN);
        }

        @Test
        @DisplayName("[§13] a remove of it needs no way down")
        void remove() {
            older.push(Diffs.put(NO_WAY_DOWN));
            modern.forget().push(Diffs.remove("shape:bad"));

            assertThat(older).gotCommit().gotPatch(Diffs.remove("shape:bad")).isOpen();
        }
    }

    @Test
    @DisplayName("[§13] 5.0 clients see the paths of two dimensions in their own form")
    void paths() {
        TestClient older = room.client("older").schema(Schemas.V5_0_1).join();

        modern.push(Diffs.put(Records.draw2d("d", Records.PATH_2D)));

        assertThat(older).isOpen();
        assertThat(old).gotPatch(Diffs.put(Records.draw2d("d", Records.PATH_2D)));
        JsonObject told = older.next();
        Assertions.assertThat(told.toString()).doesNotContain("\"dim\"");
    }

    private static JsonObject withoutFlips(JsonObject geo) {
        return Records.withoutProp(Records.withoutProp(geo, "flipX"), "flipY");
    }
}
