package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The state of a room host")
class HostStateTest {
    private static final Map<HostState, Set<HostState>> LEGAL = Map.of(
            HostState.LOADING, EnumSet.of(HostState.ACTIVE, HostState.DRAINING, HostState.FAILED),
            HostState.ACTIVE, EnumSet.of(HostState.DRAINING, HostState.FAILED),
            HostState.DRAINING, EnumSet.of(HostState.LOADING, HostState.CLOSED, HostState.FAILED),
            HostState.CLOSED, EnumSet.noneOf(HostState.class),
            HostState.FAILED, EnumSet.noneOf(HostState.class));

    @ParameterizedTest
    @EnumSource
    @DisplayName("changes as it may and in no other way")
    void transitions(HostState state) {
        for (HostState next : HostState.values()) {
            if (LEGAL.getOrDefault(state, Set.of()).contains(next)) {
                assertThat(state.to(next)).isEqualTo(next);
            } else {
                assertThatThrownBy(() -> state.to(next)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is an end when nothing can follow")
    void ends(HostState state) {
        assertThat(state.isEnd()).isEqualTo(LEGAL.getOrDefault(state, Set.of()).isEmpty());
    }
}
