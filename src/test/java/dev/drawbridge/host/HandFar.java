package dev.drawbridge.host;

import dev.drawbridge.protocol.ServerMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where somebody is told something whose socket is at another node. */
final class HandFar implements Relay.FarOutlet {
    private final Relay relay;
    private final List<String> told = new ArrayList<>();
    private final List<Integer> closes = new ArrayList<>();
    boolean isQuiet = true;

    HandFar(Relay relay) {
        this.relay = relay;
    }

    /** One that tells each by itself. */
    static Relay telling() {
        return (members, before) -> new Relay.Crowd() {
            @Override
            public void tell(SharedEvent event, Relay.@Nullable FarOutlet except) {
                members.stream().filter(each -> each != except).forEach(each -> each.data(event));
            }

            @Override
            public void scatter() {}
        };
    }

    List<String> told() {
        return told;
    }

    /** The codes with which its socket was to be closed. */
    List<Integer> closes() {
        return closes;
    }

    @Override
    public Relay relay() {
        return relay;
    }

    @Override
    public boolean isQuiet() {
        return isQuiet;
    }

    @Override
    public void data(SharedEvent event) {
        told.add(new String(event.payload().whole(), StandardCharsets.UTF_8));
    }

    @Override
    public void caughtUp(SharedEvent event) {
        data(event);
    }

    @Override
    public void message(ServerMessage message) {}

    @Override
    public void pong() {}

    @Override
    public void close(int code, String reason) {
        closes.add(code);
    }

    @Override
    public void abort(int code, String reason) {
        closes.add(code);
    }

    @Override
    public void tick(long now) {}

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public long sentBytes() {
        return 0;
    }

    @Override
    public long sentMessages() {
        return 0;
    }
}
