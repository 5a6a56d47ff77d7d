package dev.drawbridge.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A room of many megabytes that ten join at once, again and again, while three draw in it; one of them over a slow line. */
final class LargeRoom implements Attack {
    private static final int PADDING = 4_000;
    private static final int AT_ONCE = 10;
    private static final int SLOW = 1_000_000;
    private static final byte[] PUT = "\":[\"put\",{".getBytes(StandardCharsets.UTF_8);

    private final int megabytes;
    private final int waves;

    LargeRoom(int megabytes, int waves) {
        this.megabytes = megabytes;
        this.waves = waves;
    }

    @Override
    public void run(Target target) throws IOException {
        int shapes = megabytes * 1_000_000 / (PADDING + 600);
        target.fill(new Shapes(shapes, PADDING));
        List<Drawer> drawers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            drawers.add(target.keep(new Drawer(target.join("drawer" + i), "page:drawn" + i).start()));
        }
        List<Newcomer> newcomers = new ArrayList<>();
        newcomers.add(Newcomer.joins(target, "slow", Pace.of(SLOW)));
        for (int wave = 0; wave < waves; wave++) {
            List<Newcomer> arriving = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                arriving.add(Newcomer.joins(target, "newcomer" + wave + "-" + i, Pace.unlimited()));
            }
            arriving.forEach(each -> each.client.awaitJoined(Target.PATIENCE));
            newcomers.addAll(arriving);
        }
        newcomers.forEach(each -> each.client.awaitJoined(Target.PATIENCE));
        drawers.forEach(Drawer::stop);
        for (Newcomer newcomer : newcomers) {
            assertThat(count(newcomer.client.hydration())).isGreaterThanOrEqualTo(shapes + 2);
            for (Drawer drawer : drawers) {
                Wait.forThat("a newcomer sees what was drawn last", Target.PATIENCE)
                        .until(() -> newcomer.client.socket().ending().isPresent()
                                || newcomer.sees(drawer.page()) == drawer.version());
            }
            assertThat(newcomer.client.socket().ending())
                    .as("it is still there")
                    .isEmpty();
        }
    }

    private static int count(byte[] hydration) {
        int count = 0;
        for (int at = Bytes.indexOf(hydration, PUT, 0); at >= 0; at = Bytes.indexOf(hydration, PUT, at + 1)) {
            count++;
        }
        return count;
    }

    /** Somebody who comes and watches the pages that are drawn. */
    private static final class Newcomer {
        private static final Pattern DRAWN = Pattern.compile("\"(page:drawn\\d)\":\\[.*?\"v(\\d+)\\.\"");
        private static final byte[] PAGE = "\"page:drawn".getBytes(StandardCharsets.UTF_8);

        private final Map<String, Integer> versions = new ConcurrentHashMap<>();
        private final Client client;

        private Newcomer(Target target, String name, Pace reading) throws IOException {
            this.client = target.open(name, Client.CURRENT_SCHEMA, reading, this::hear)
                    .keepAlive();
        }

        static Newcomer joins(Target target, String name, Pace reading) throws IOException {
            return new Newcomer(target, name, reading);
        }

        private void hear(byte[] message) {
            for (int at = Bytes.indexOf(message, PAGE, 0); at >= 0; at = Bytes.indexOf(message, PAGE, at + 1)) {
                Matcher drawn = DRAWN.matcher(
                        new String(message, at, Math.min(300, message.length - at), StandardCharsets.UTF_8));
                if (drawn.lookingAt()) {
                    versions.put(drawn.group(1), Integer.parseInt(drawn.group(2)));
                }
            }
        }

        int sees(String page) {
            return versions.getOrDefault(page, 0);
        }
    }
}
