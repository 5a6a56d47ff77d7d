package dev.drawbridge.assets.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What a record refers to")
class MentionsTest {

    private static List<String> in(String json) {
        List<String> ids = new ArrayList<>();
        Mentions.in(json.getBytes(StandardCharsets.UTF_8), ids::add);
        return ids;
    }

    @ParameterizedTest
    @CsvSource({
        "https://host/uploads/a1-cat.png, a1-cat.png",
        "http://localhost:8080/api/uploads/a1, a1",
        "/uploads/a1?w=512&q=80, a1",
        "/uploads/a1#t=1, a1",
        "/uploads/a%20b%C3%A4%25%3B(1)%2F..png, a bä%;(1)/..png",
        "/uploads/a bä;(1).png, a bä;(1).png",
        "/uploads/%zz%4, %zz%4",
        "look at https://host/uploads/a1 and say, a1",
        "<img src='/uploads/a1'>, a1",
    })
    @DisplayName("is found in addresses of any host, escaped or not, with a query or without, and in texts")
    void found(String address, String id) {
        assertThat(in("{\"props\":{\"src\":\"" + address + "\"}}")).contains(id);
    }

    @Test
    @DisplayName("is found as often as it is there, and nothing else is")
    void all() {
        assertThat(in("{\"a\":\"/uploads/1\",\"b\":[\"x/uploads/2\",\"uploads/3\",\"/upload/4\",\"/uploads/\"]}"))
                .containsExactly("1", "2");
        assertThat(in("")).isEmpty();
        assertThat(Mentions.anyIn("\"/uploads/".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(Mentions.anyIn("\"/uploads/1".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @Test
    @DisplayName("is found where one address is part of another")
    void nested() {
        assertThat(in("\"https://proxy/uploads/https://host/uploads/a1\"")).contains("a1");
    }

    @Test
    @DisplayName("is few things, whatever the record is full of: the work grows with the record")
    void bounded() {
        assertThat(in("\"/uploads/" + " ".repeat(1_000_000) + "\"")).hasSizeLessThan(10);
        assertThat(in("\"" + "/uploads/".repeat(100_000) + "\"")).hasSizeLessThan(6 * 900_000 / 1_200 + 6);
        assertThat(in("\"/uploads/\"".repeat(100_000))).isEmpty();
    }

    @Test
    @DisplayName("is remembered as an id's print: each that was named is found again")
    void remembered() {
        MentionedIds ids = new MentionedIds();
        Random random = new Random(7);
        List<String> named = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String id = "id " + random.nextInt(8_000);
            named.add(id);
            ids.add(id);
        }
        assertThat(named).allMatch(ids::contains);
        assertThat(ids.size()).isEqualTo((int) named.stream().distinct().count());
        assertThat(ids.contains("id 8000")).isFalse();
        assertThat(new MentionedIds().contains("id 1")).isFalse();
    }
}
