package dev.drawbridge.store;

import static dev.drawbridge.store.StoredRooms.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryMembershipTest extends MembershipContract {
    private long now;
    private final InMemoryMembership all = new InMemoryMembership(() -> now);

    @Override
    protected Membership openMembership() {
        return all;
    }

    @Override
    protected void until(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 10_000 && !condition.call(); i++) {
            now += Duration.ofMillis(1).toNanos();
        }
        assertThat(condition.call()).isTrue();
    }

    @Test
    @DisplayName("When it has forgotten everything nobody is a member, and the history is another one")
    void forgets() {
        String history =
                get(all.join("one", new byte[0], Duration.ofSeconds(1))).history();
        all.forgetEverything();

        Membership.Roll roll = get(all.renew("one", new byte[0], Duration.ofSeconds(1)));
        assertThat(roll.isMember()).isFalse();
        assertThat(roll.history()).isNotEqualTo(history);
    }
}
