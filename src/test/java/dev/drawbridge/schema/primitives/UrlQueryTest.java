package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.schema.primitives.UrlQuery.Parameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The query of a URL")
class UrlQueryTest {

    @Test
    @DisplayName("is read as URLSearchParams reads it")
    void parse() {
        assertThat(UrlQuery.parse("?a=1&&b=%C3%A9+%2B&c&=d&a=x=y&%zz").parameters())
                .containsExactly(
                        new Parameter("a", "1"),
                        new Parameter("b", "\u00e9 +"),
                        new Parameter("c", ""),
                        new Parameter("", "d"),
                        new Parameter("a", "x=y"),
                        new Parameter("%zz", ""));
        assertThat(UrlQuery.parse("").parameters()).isEmpty();
        assertThat(UrlQuery.parse("a=1&a=2").first("a")).isEqualTo("1");
        assertThat(UrlQuery.parse("?a").first("b")).isNull();
    }

    @Test
    @DisplayName("is written as URLSearchParams writes it")
    void search() {
        assertThat(UrlQuery.parse("?a=\u00e9 ~*-._'&embed=true&b=/%20%2B")
                        .without("embed")
                        .search())
                .isEqualTo("?a=%C3%A9+%7E*-._%27&b=%2F+%2B");
        assertThat(UrlQuery.parse("?embed").without("embed").search()).isEmpty();
    }
}
