package dev.drawbridge.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("If-Match")
class EtagTest {

    @Test
    @DisplayName("asks for any clock when it is absent or *, and for one when it is a tag of ours")
    void valid() {
        assertThat(Etag.ifMatch(null)).isEmpty();
        assertThat(Etag.ifMatch("*")).isEmpty();
        assertThat(Etag.ifMatch(" * ")).isEmpty();
        assertThat(Etag.ifMatch(Etag.of(7))).hasValue(7);
        assertThat(Etag.ifMatch(" \"0\"")).hasValue(0);
    }

    @ParameterizedTest(name = "never matches: {0}")
    @ValueSource(strings = {"W/\"7\"", "\"abc\"", "\"\"", "\"07\"", "\"-1\"", "\"99999999999999999999\""})
    void never(String header) {
        assertThat(Etag.ifMatch(header)).hasValue(-1);
    }

    @ParameterizedTest(name = "is not [{0}]")
    @ValueSource(strings = {"", "7", "\"7", "7\"", "\"6\", \"7\"", "w/\"7\"", "* \"7\""})
    void malformed(String header) {
        assertThatThrownBy(() -> Etag.ifMatch(header)).isInstanceOf(ProblemException.class);
    }
}
