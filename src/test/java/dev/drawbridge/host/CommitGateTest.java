package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.protocol.ServerMessage;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.Effect;
import dev.drawbridge.schema.SerializedSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The commit gate")
class CommitGateTest {
    private final CommitGate gate = new CommitGate();
    private final HandRecipient client = new HandRecipient("a");

    @Test
    @DisplayName("lets everything pass while nothing is to be stored")
    void openWhenIdle() {
        assertThat(gate.pass(List.of(message("1"), message("2")))).containsExactly(message("1"), message("2"));
        assertThat(gate.nextCommit()).isEmpty();
        assertThat(gate.isIdle()).isTrue();
    }

    @Test
    @DisplayName("lets pass what came before a change, and holds what follows it")
    void holdsWhatFollows() {
        assertThat(gate.pass(List.of(message("before"), changed(1), message("after"))))
                .containsExactly(message("before"));
        assertThat(gate.heldBytes()).isPositive();
        assertThat(gate.isIdle()).isFalse();
    }

    @Test
    @DisplayName("releases what followed a change, in order, when that is stored")
    void releases() {
        gate.pass(List.of(changed(1), message("1"), message("2")));
        gate.nextCommit();
        gate.pass(List.of(message("3")));

        assertThat(gate.committed()).containsExactly(message("1"), message("2"), message("3"));
        assertThat(gate.heldBytes()).isZero();
        assertThat(gate.isIdle()).isTrue();
    }

    @Test
    @DisplayName("never lets a pong wait")
    void pongsPass() {
        Effect pong = new Effect.Send(client, new ServerMessage.Pong());
        assertThat(gate.pass(List.of(changed(1), pong))).containsExactly(pong);
        gate.nextCommit();
        assertThat(gate.pass(List.of(pong))).containsExactly(pong);
    }

    @Test
    @DisplayName("lets closes and the end of sessions wait like messages: they come after what was said before")
    void closesWait() {
        Effect close = new Effect.Close(client, Optional.empty(), "gone");
        gate.pass(List.of(changed(1), message("1")));
        assertThat(gate.pass(List.of(close, new Effect.RoomBecameEmpty()))).isEmpty();
        gate.nextCommit();
        assertThat(gate.committed()).containsExactly(message("1"), close, new Effect.RoomBecameEmpty());
    }

    @Test
    @DisplayName("has one commit under way, and gathers the changes that come meanwhile into the next one")
    void batches() {
        gate.pass(List.of(changed(1), message("1")));
        assertThat(gate.nextCommit()).hasValueSatisfying(change -> assertClocks(change, 0, 1));
        gate.pass(List.of(changed(2), message("2")));
        gate.pass(List.of(changed(3), message("3")));
        assertThat(gate.nextCommit()).isEmpty();

        assertThat(gate.committed()).containsExactly(message("1"));
        assertThat(gate.nextCommit()).hasValueSatisfying(change -> assertClocks(change, 1, 3));
        assertThat(gate.committed()).containsExactly(message("2"), message("3"));
        assertThat(gate.isIdle()).isTrue();
    }

    @Test
    @DisplayName("holds a message behind the change that came last before it, not behind an earlier one")
    void waitsForTheLastChange() {
        gate.pass(List.of(changed(1)));
        gate.nextCommit();
        gate.pass(List.of(message("follows 1"), changed(2), message("follows 2")));
        assertThat(gate.committed()).containsExactly(message("follows 1"));
        assertThat(gate.heldBytes()).isPositive();
    }

    @Test
    @DisplayName("gives back all that it holds, in order, when the room is given up")
    void abandons() {
        gate.pass(List.of(changed(1), message("1")));
        gate.nextCommit();
        gate.pass(List.of(changed(2), message("2")));

        assertThat(gate.abandon()).containsExactly(message("1"), message("2"));
        assertThat(gate.heldBytes()).isZero();
        assertThat(gate.isIdle()).isTrue();
    }

    @Test
    @DisplayName("is not told that a commit is through when none is under way")
    void refusesNonsense() {
        gate.pass(List.of(changed(1)));
        assertThatThrownBy(gate::committed).isInstanceOf(IllegalStateException.class);
    }

    private static Effect message(String name) {
        return new Effect.SessionRemoved(name);
    }

    private static Effect changed(long clock) {
        return new Effect.Changed(new DocumentChange(
                clock - 1, clock, 1, SerializedSchema.EARLIEST, List.of(), Map.of(), Set.of(), DocumentSize.EMPTY));
    }

    private static void assertClocks(DocumentChange change, long previous, long clock) {
        assertThat(change.previousClock()).isEqualTo(previous);
        assertThat(change.clock()).isEqualTo(clock);
    }
}
