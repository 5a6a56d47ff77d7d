package dev.drawbridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.Cost;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Issue 10, point 1: whatever a client makes costs what it is worth. */
@DisplayName("[§21.6] A frame costs what it is long")
class FrameCostTest {
    private static final int CHUNKS = 1_000;

    @Test
    @DisplayName("[§2] a header of ten million digits, or one that never ends, is read without a copy")
    void headers() {
        for (String frame :
                new String[] {"1".repeat(10_000_000), "0".repeat(10_000_000) + "9_{}", "9".repeat(10_000_000) + "_{}"
                }) {
            assertThat(Cost.inBytes(() -> new FrameDecoder(Limits.DEFAULT.message()).decode(frame)))
                    .isLessThan(10_000);
        }
    }

    @Test
    @DisplayName("[§2] a message in the most chunks is put together once")
    void chunks() {
        Cost.assertLinear(1_000, size -> {
            String chunk = " ".repeat(size);
            return () -> {
                FrameDecoder decoder = new FrameDecoder(Limits.DEFAULT.message());
                decoder.decode("{\"type\":\"connect\"}");
                decoder.decode(CHUNKS - 1 + "_{\"type\":\"ping\"");
                for (int following = CHUNKS - 2; following > 0; following--) {
                    decoder.decode(following + "_" + chunk);
                }
                assertThat(decoder.decode("0_}")).isInstanceOf(FrameDecoder.Message.class);
            };
        });
    }
}
