package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("A room that has moved")
class MovingTest {
    private static final Visitor A = Visitor.unknown("a", false);
    private static final Visitor B = new Visitor("b", Rights.EDITOR, "user", "Bea", Long.MAX_VALUE);

    private final RoomFixture before = RoomFixture.create();
    private String presenceOfA = "";
    private String presenceOfB = "";
    private RoomFixture after = before;
    private long clock;

    /** Somebody has used up a presence id, so that who comes to the new node by itself has not that of somebody else. */
    @BeforeEach
    void people() {
        before.join("somebody else").disconnect();
        before.seconds(6);
        TestClient a = before.client("a").visitor(A).join();
        TestClient b = before.client("b").visitor(B).join();
        a.pushPresence(Diffs.putOp(Records.presence("a")));
        b.pushPresence(Diffs.putOp(Records.presence("b")));
        presenceOfA = TestClient.presenceId(2);
        presenceOfB = TestClient.presenceId(3);
        after = RoomFixture.of(before.snapshot());
        clock = before.snapshot().documentClock();
    }

    private void arrives() {
        after.perform(after.room().expect(before.room().passengers(), after.now()));
    }

    private TestClient resume(Visitor visitor) {
        return after.client(visitor.sessionId()).resume(visitor, clock);
    }

    @Test
    @DisplayName("takes with it who took part, with their presence, and nobody who has not connected yet")
    void passengers() {
        before.client("c").open();
        List<Passenger> passengers = before.room().passengers();
        assertThat(passengers).extracting(Passenger::visitor).containsExactly(A, B);
        assertThat(passengers).extracting(Passenger::presenceId).containsExactly(presenceOfA, presenceOfB);
        assertThat(passengers).allMatch(each -> each.presence().isPresent());
    }

    @Test
    @DisplayName("[§8] says nothing to those who go on when nothing has happened meanwhile")
    void silent() {
        arrives();
        TestClient a = resume(A);
        TestClient b = resume(B);
        assertThat(a).isOpen().gotNothing();
        assertThat(b).isOpen().gotNothing();
    }

    @Test
    @DisplayName("[§10] goes on with them as before")
    void goesOn() {
        arrives();
        TestClient a = resume(A);
        TestClient b = resume(B);
        a.push(Diffs.put(Records.page("new")));
        assertThat(a).gotCommit();
        assertThat(b).gotPatch(Diffs.put(Records.page("new"))).gotNothing();
        a.pushPresence(Diffs.patchOp("{'chatMessage':['put','hi']}"));
        assertThat(a).gotCommit().gotNothing();
        assertThat(b).gotPatch(Diffs.patch(presenceOfA, "{'chatMessage':['append','hi',0]}"));
    }

    @Test
    @DisplayName("[§11] tells those who go on by one patch what has become of the document meanwhile")
    void documentChanged() {
        arrives();
        after.update(update -> update.put(Records.page("new")));
        after.update(update -> update.put(Records.page("newer")));
        TestClient a = resume(A);
        assertThat(patch(a).keys())
                .contains(Records.idOf(Records.page("new")), Records.idOf(Records.page("newer")))
                .doesNotContain(presenceOfA);
        assertThat(a).gotNothing();
    }

    @Test
    @DisplayName("[§16] tells who comes later of the presence that has changed meanwhile")
    void presenceChanged() {
        arrives();
        TestClient a = resume(A);
        a.pushPresence(Diffs.patchOp("{'chatMessage':['put','hi']}"));
        TestClient b = resume(B);
        assertThat(patch(b).keys()).containsExactly(presenceOfA);
        assertThat(b).gotNothing();
        assertThat(a).gotCommit().gotNothing();
    }

    @Test
    @DisplayName("[§13] speaks with everybody as before, also with an older release")
    void olderDialect() {
        Visitor old = Visitor.unknown("old", false);
        before.client("old").protocol(7).schema(Schemas.V5_0_1).join();
        arrives();
        after.update(update -> update.put(Records.note("sticky")));
        TestClient client =
                after.client("old").protocol(7).schema(Schemas.V5_0_1).resume(old, clock);
        assertThat(patch(client).keys()).contains(Records.idOf(Records.note("sticky")));
        TestClient a = resume(A).forget();
        a.push(Diffs.put(Records.with(Records.note("sticky"), "x", "5")));
        assertThat(patch(client).keys()).containsExactly(Records.idOf(Records.note("sticky")));
    }

    @Test
    @DisplayName("[§6] lets nobody change anything who might only look on before")
    void readonly() {
        Visitor viewer = Visitor.unknown("viewer", true);
        before.client("viewer").visitor(viewer).join();
        arrives();
        TestClient client = resume(viewer);
        client.push(Diffs.put(Records.page("new")));
        assertThat(client).gotDiscard();
    }

    @Nested
    @DisplayName("closes the socket, so that its client connects again,")
    class Refuses {

        @Test
        @DisplayName("of somebody whom nobody expects")
        void unknown() {
            arrives();
            assertThat(resume(Visitor.unknown("c", false))).gotNothing().wasClosedToComeBack();
        }

        @Test
        @DisplayName("of another user with the id of a session that is expected, which is expected still")
        void otherUser() {
            arrives();
            assertThat(resume(new Visitor("b", Rights.EDITOR, "thief", "Bea", Long.MAX_VALUE)))
                    .wasClosedToComeBack();
            assertThat(resume(new Visitor("b", Rights.VIEWER, "user", "Bea", Long.MAX_VALUE)))
                    .wasClosedToComeBack();
            assertThat(resume(B)).isOpen().gotNothing();
        }

        @Test
        @DisplayName("of somebody who goes on already")
        void twice() {
            arrives();
            TestClient a = resume(A);
            assertThat(resume(A)).wasClosedToComeBack();
            assertThat(a).isOpen();
        }

        @Test
        @DisplayName("[§15] of somebody who comes when it was given up")
        void late() {
            arrives();
            after.seconds(6);
            assertThat(resume(A)).wasClosedToComeBack();
        }

        @Test
        @DisplayName("of somebody who knows more than the room")
        void ahead() {
            arrives();
            assertThat(after.client("a").resume(A, clock + 1)).wasClosedToComeBack();
        }
    }

    @Test
    @DisplayName("[§15] gives up who does not come, and tells the others")
    void neverCame() {
        arrives();
        TestClient a = resume(A);
        after.seconds(4);
        assertThat(a).gotNothing();
        after.seconds(2);
        assertThat(a).gotPatch(Diffs.remove(presenceOfB)).gotNothing();
        assertThat(after.removedSessions()).containsExactly("b");
    }

    @Test
    @DisplayName("[§7] gives up without a word who is expected and may not come any more, whatever release it has")
    void expired() {
        Visitor guest = new Visitor("guest", Rights.EDITOR, null, null, after.now() + 1_000);
        before.client("guest").visitor(guest).protocol(6).join();
        arrives();
        after.seconds(2);
        assertThat(after.removedSessions()).containsExactly("guest");
    }

    @Test
    @DisplayName("[§15] lets somebody who is expected and connects anew have its presence")
    void connectsAnew() {
        arrives();
        TestClient b = resume(B);
        TestClient a = after.client("a").visitor(A).join();
        assertThat(b).gotNothing();
        a.pushPresence(Diffs.patchOp("{'chatMessage':['put','hi']}"));
        assertThat(b).gotPatch(Diffs.patch(presenceOfA, "{'chatMessage':['append','hi',0]}"));
        assertThat(resume(A)).wasClosedToComeBack();
        assertThat(a).isOpen();
    }

    @Nested
    @DisplayName("in which somebody is already before those arrive who are expected")
    class EarlyBird {

        @Test
        @DisplayName("[§16] shows them to each other")
        void shown() {
            TestClient c = after.join("c");
            c.pushPresence(Diffs.putOp(Records.presence("c")));
            c.forget();
            arrives();
            assertThat(patch(c).keys()).containsExactlyInAnyOrder(presenceOfA, presenceOfB);
            TestClient a = resume(A);
            assertThat(patch(a).keys()).contains(TestClient.presenceId(1));
            assertThat(c).gotNothing();
        }

        @Test
        @DisplayName("[§16] shows nobody who has come by itself a second time")
        void twice() {
            after.client("b").visitor(B).join();
            arrives();
            TestClient a = resume(A);
            assertThat(patch(a).get(presenceOfB)).isEqualTo(JsonText.json("['remove']"));
        }
    }

    @Test
    @DisplayName("leaves behind whose socket does not go with it, and tells the others")
    void leftBehind() {
        TestClient c = before.join("c").forget();
        before.perform(
                before.room().leaveBehind(connection -> connection.toString().equals("b"), "the room moves"));
        assertThat(c).gotPatch(Diffs.remove(presenceOfB)).gotNothing();
        assertThat(before.room().passengers())
                .extracting(each -> each.visitor().sessionId())
                .doesNotContain("b");
    }

    private static JsonObject patch(TestClient client) {
        JsonObject message = client.next();
        assertThat(message.string("type")).as("%s", message).isEqualTo("patch");
        return Optional.ofNullable((JsonObject) message.get("diff")).orElseThrow();
    }
}
