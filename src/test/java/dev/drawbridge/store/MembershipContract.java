package dev.drawbridge.store;

import static dev.drawbridge.store.StoredRooms.failureOf;
import static dev.drawbridge.store.StoredRooms.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.store.Membership.Roll;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link Membership} promises. */
public abstract class MembershipContract {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(150);

    protected Membership members;

    /** On this test's own members: none at first. */
    protected abstract Membership openMembership();

    /** Lets time pass until something is so. */
    protected abstract void until(Callable<Boolean> condition) throws Exception;

    @BeforeEach
    void open() {
        members = openMembership();
    }

    @AfterEach
    void close() {
        members.close();
    }

    private static byte[] card(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Roll join(String nodeId, Duration timeToLive) {
        return get(members.join(nodeId, card("of " + nodeId), timeToLive));
    }

    private boolean isAlive(String nodeId) {
        return get(members.isAlive(nodeId));
    }

    @Test
    @DisplayName("A node that has joined is alive, and all others have its card, whatever bytes that is of")
    void joins() {
        byte[] everything = new byte[256];
        for (int i = 0; i < everything.length; i++) {
            everything[i] = (byte) i;
        }
        Roll first = get(members.join("one", everything, LONG));
        Roll second = join("two", LONG);

        assertThat(first.isMember()).isTrue();
        assertThat(first.others()).isEmpty();
        assertThat(second.isMember()).isTrue();
        assertThat(second.others()).containsOnlyKeys("one").containsEntry("one", everything);
        assertThat(isAlive("one")).isTrue();
        assertThat(isAlive("two")).isTrue();
        assertThat(isAlive("three")).isFalse();
    }

    @Test
    @DisplayName("A renewal brings a new card, and tells of who came meanwhile")
    void renews() {
        join("one", LONG);
        join("two", LONG);

        Roll renewed = get(members.renew("one", card("newer"), LONG));

        assertThat(renewed.isMember()).isTrue();
        assertThat(renewed.others()).containsOnlyKeys("two").containsEntry("two", card("of two"));
        assertThat(get(members.renew("two", card(""), LONG)).others()).containsEntry("one", card("newer"));
        assertThat(get(members.renew("one", card(""), LONG)).others()).containsEntry("two", card(""));
    }

    @Test
    @DisplayName("Who does not renew lapses; who does, stays")
    void lapses() throws Exception {
        join("one", SHORT);
        join("two", LONG);
        get(members.renew("two", card("of two"), SHORT));
        join("three", SHORT);
        get(members.renew("three", card("of three"), LONG));

        until(() -> !isAlive("one") && !isAlive("two"));
        assertThat(isAlive("three")).isTrue();
        assertThat(join("four", LONG).others()).containsOnlyKeys("three");
    }

    @Test
    @DisplayName("Who has lapsed is told so by its renewal, which changes nothing, and may join again")
    void lapsed() throws Exception {
        join("one", SHORT);
        join("two", LONG);
        until(() -> !isAlive("one"));

        Roll late = get(members.renew("one", card("of one"), LONG));

        assertThat(late.isMember()).isFalse();
        assertThat(late.others()).containsOnlyKeys("two");
        assertThat(isAlive("one")).isFalse();
        assertThat(get(members.renew("two", card("of two"), LONG)).others()).isEmpty();
        assertThat(join("one", LONG).isMember()).isTrue();
        assertThat(get(members.renew("one", card("of one"), LONG)).isMember()).isTrue();
    }

    @Test
    @DisplayName("Who has never joined cannot renew")
    void neverJoined() {
        assertThat(get(members.renew("one", card("of one"), LONG)).isMember()).isFalse();
        assertThat(isAlive("one")).isFalse();
    }

    @Test
    @DisplayName("Who has ended is gone at once; so is another that was said to be gone")
    void ends() {
        join("one", LONG);
        join("two", LONG);
        join("three", LONG);
        get(members.end("one"));
        get(members.end("two"));
        get(members.end("never there"));

        assertThat(isAlive("one")).isFalse();
        Roll roll = get(members.renew("three", card("of three"), LONG));
        assertThat(roll.isMember()).isTrue();
        assertThat(roll.others()).isEmpty();
        assertThat(get(members.renew("two", card("of two"), LONG)).isMember()).isFalse();
    }

    @Test
    @DisplayName("All nodes see one history, and it stays the same as long as nothing happens to the store")
    void history() {
        String history = join("one", LONG).history();

        assertThat(history).isNotBlank();
        assertThat(join("two", LONG).history()).isEqualTo(history);
        assertThat(get(members.renew("one", card("of one"), LONG)).history()).isEqualTo(history);
        assertThat(get(members.renew("nobody", card(""), LONG)).history()).isEqualTo(history);
    }

    @Test
    @DisplayName("Closing fails what comes later")
    void closing() {
        join("one", LONG);
        members.close();

        if (!(members instanceof InMemoryMembership)) {
            assertThat(failureOf(members.renew("one", card("of one"), LONG))).isInstanceOf(StoreException.class);
            assertThat(failureOf(members.isAlive("one"))).isInstanceOf(StoreException.class);
        }
        members = openMembership();
        assertThat(isAlive("one")).isTrue();
    }
}
