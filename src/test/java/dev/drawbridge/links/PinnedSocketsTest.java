package dev.drawbridge.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Sockets that are pinned")
class PinnedSocketsTest {
    private final PinnedSockets sockets = new PinnedSockets(Set.of(InetAddress.ofLiteral(Pages.WEB)));

    @Test
    @DisplayName("connect to their address and to no other")
    void pinned() throws IOException {
        try (RawServer web = RawServer.at(Pages.WEB);
                RawServer inside = RawServer.at(Pages.INSIDE);
                Socket good = sockets.createSocket();
                Socket bad = sockets.createSocket()) {
            good.connect(new InetSocketAddress(InetAddress.ofLiteral(Pages.WEB), web.port()));
            assertThat(good.isConnected()).isTrue();
            assertThatThrownBy(() ->
                            bad.connect(new InetSocketAddress(InetAddress.ofLiteral(Pages.INSIDE), inside.port()), 100))
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> bad.connect(InetSocketAddress.createUnresolved("localhost", inside.port())))
                    .isInstanceOf(ConnectException.class);
        }
    }
}
