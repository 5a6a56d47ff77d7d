package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.Cost;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Issue 10, point 1: whatever a client makes costs what it is worth. */
@DisplayName("A URL in a record")
class UrlRulesTest {

    @Test
    @DisplayName("[§21.6] is judged for what its text takes, and no name is written in ASCII for that")
    void cost() {
        for (String form : new String[] {
            "https://%s/",
            "https://%s@a/",
            "https://a:%s/",
            "https://a/?%s",
            "%s://a",
            "https://[%s]/",
            "asset:%s",
            "/%s"
        }) {
            for (String unit : new String[] {"a", "@", ".", "%41", "%", "\u00fc", "1.", "a/../", "\t", ":", "\ud800"}) {
                Cost.assertLinear(20_000, size -> {
                    String text = form.formatted(unit.repeat(size));
                    return () -> {
                        UrlRules.isLinkUrl(text);
                        UrlRules.isSrcUrl(text);
                    };
                });
            }
        }
        // One label of a thousand different characters: punycode would take it a thousand steps for each.
        Cost.assertLinear(250, size -> {
            StringBuilder label = new StringBuilder();
            for (int i = 0; i < size; i++) {
                label.append((char) (0x4e00 + i));
            }
            String text = "https://" + label + "/";
            return () -> assertThat(UrlRules.isLinkUrl(text)).isTrue();
        });
    }
}
