package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.url.WhatwgUrl;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The vectors for URLs")
class UrlsVectorsTest {

    static Stream<VectorGroup> groups() {
        return VectorGroup.of("urls", vector -> vector.string("group"));
    }

    @ParameterizedTest
    @MethodSource("groups")
    @DisplayName("a link URL is what the packages take for one")
    void linkUrl(VectorGroup group) {
        group.check(vector -> checkVerdict(vector, "linkUrl", UrlRules::isLinkUrl));
    }

    @ParameterizedTest
    @MethodSource("groups")
    @DisplayName("a source URL is what the packages take for one")
    void srcUrl(VectorGroup group) {
        group.check(vector -> checkVerdict(vector, "srcUrl", UrlRules::isSrcUrl));
    }

    @ParameterizedTest
    @MethodSource("groups")
    @DisplayName("an http URL is what the packages take for one")
    void httpUrl(VectorGroup group) {
        group.check(vector -> checkVerdict(vector, "httpUrl", UrlRules::isHttpUrl));
    }

    @ParameterizedTest
    @MethodSource("groups")
    @DisplayName("a URL is parsed and written as Node 20 does it")
    void parse(VectorGroup group) {
        group.check(vector -> {
            @Nullable WhatwgUrl url = WhatwgUrl.parse(value(vector));
            JsonValue parsed = url == null
                    ? JsonNull.NULL
                    : JsonObject.builder()
                            .put("protocol", url.protocol())
                            .put("href", url.href())
                            .build();
            assertThat(parsed).isEqualTo(vector.get("parse"));
        });
    }

    private static void checkVerdict(JsonObject vector, String rule, Predicate<String> verdict) {
        assertThat(JsonBoolean.of(verdict.test(value(vector)))).isEqualTo(vector.get(rule));
    }

    private static String value(JsonObject vector) {
        return ((JsonString) VectorGroup.member(vector, "value")).value();
    }
}
