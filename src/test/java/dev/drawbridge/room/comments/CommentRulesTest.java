package dev.drawbridge.room.comments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonText;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordAuthorizer;
import dev.drawbridge.room.Rights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The rules of comments")
class CommentRulesTest {
    private static final Author ANN = author("ann");
    private static final Author BOB = author("bob");
    private static final Author NOBODY = new Author("s", Optional.empty(), Optional.of("Somebody"), Rights.EDITOR);

    private static final JsonObject THREAD = json("""
            {'id':'comment-thread:t','typeName':'comment-thread','pageId':'page:p','anchor':{'type':'page'},
             'createdBy':'ann','createdAt':1,'resolved':null,'isDeleted':false,'meta':{}}""");
    private static final JsonObject COMMENT = json("""
            {'id':'comment:c','typeName':'comment','threadId':'comment-thread:t','pageId':'page:p','authorId':'ann',
             'createdAt':1,'editedAt':null,'body':{'type':'doc','content':[]},'isDeleted':false,'meta':{}}""");
    private static final JsonObject REACTION = json("""
            {'id':'comment-reaction:comment%3Ac:ann:x','typeName':'comment-reaction','commentId':'comment:c',
             'threadId':'comment-thread:t','pageId':'page:p','userId':'ann','emoji':'x','createdAt':1,'meta':{}}""");

    private static Author author(String user) {
        return new Author("session of " + user, Optional.of(user), Optional.empty(), Rights.COMMENTER);
    }

    private static JsonObject json(String text) {
        return (JsonObject) JsonText.json(text);
    }

    private static JsonObject with(JsonObject record, String member, String value) {
        return record.with(member, JsonText.json(value));
    }

    private static RecordAuthorizer rules(JsonObject record) {
        return CommentRules.all().stream()
                .filter(each -> each.typeNames().contains(record.string("typeName")))
                .findAny()
                .orElseThrow();
    }

    private static Optional<JsonObject> create(Author author, JsonObject record) {
        return rules(record).create(author, record);
    }

    private static boolean mayUpdate(Author author, JsonObject before, String member, String value) {
        return rules(before).mayUpdate(author, before, with(before, member, value));
    }

    private static boolean mayDelete(Author author, JsonObject record) {
        return rules(record).mayDelete(author, record);
    }

    @Test
    @DisplayName("let nobody anonymous do anything")
    void anonymous() {
        for (JsonObject record : List.of(THREAD, COMMENT, REACTION)) {
            assertThat(create(NOBODY, record)).isEmpty();
            assertThat(mayUpdate(NOBODY, record, "meta", "{'a':1}")).isFalse();
            assertThat(mayDelete(NOBODY, record)).isFalse();
        }
        assertThat(mayUpdate(NOBODY, THREAD, "resolved", "{'at':1,'by':'ann'}")).isFalse();
        assertThat(mayUpdate(NOBODY, with(THREAD, "createdBy", "null"), "meta", "{'a':1}"))
                .isFalse();
    }

    @Test
    @DisplayName("take an empty user id for nobody: else all guests with one would be the same person")
    void emptyUserId() {
        Author guest = author("");
        for (JsonObject record : List.of(THREAD, COMMENT, REACTION)) {
            JsonObject ofGuests = record.has("createdBy")
                    ? with(record, "createdBy", "''")
                    : with(record, record.has("authorId") ? "authorId" : "userId", "''");
            assertThat(create(guest, record)).isEmpty();
            assertThat(mayUpdate(guest, ofGuests, "meta", "{'a':1}")).isFalse();
            assertThat(mayDelete(guest, ofGuests)).isFalse();
        }
        assertThat(mayUpdate(guest, THREAD, "resolved", "{'at':1,'by':''}")).isFalse();
        assertThat(mayUpdate(guest, with(THREAD, "resolved", "{'at':1,'by':'ann'}"), "resolved", "null"))
                .isFalse();
    }

    @Test
    @DisplayName("name the author of what is new, whatever it says")
    void stamped() {
        assertThat(create(BOB, THREAD)).contains(with(THREAD, "createdBy", "'bob'"));
        assertThat(create(BOB, THREAD.without("createdBy"))).contains(with(THREAD, "createdBy", "'bob'"));
        assertThat(create(BOB, with(COMMENT, "authorId", "{'x':1}"))).contains(with(COMMENT, "authorId", "'bob'"));
        assertThat(create(ANN, COMMENT)).contains(COMMENT);
    }

    @Test
    @DisplayName("take nothing new that has been deleted, edited, or resolved by somebody else")
    void fresh() {
        assertThat(create(ANN, with(THREAD, "isDeleted", "true"))).isEmpty();
        assertThat(create(ANN, with(COMMENT, "isDeleted", "true"))).isEmpty();
        assertThat(create(ANN, with(COMMENT, "editedAt", "5"))).isEmpty();
        assertThat(create(ANN, with(THREAD, "resolved", "{'at':1,'by':'bob'}"))).isEmpty();
        assertThat(create(ANN, with(THREAD, "resolved", "{'at':1,'by':'ann'}"))).isPresent();
    }

    @Nested
    @DisplayName("say of a thread that")
    class Threads {
        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {"anchor;{'type':'point','x':1,'y':2}", "pageId;'page:q'", "meta;{'a':1}", "isDeleted;true"},
                delimiter = ';')
        @DisplayName("only who has begun it changes it")
        void owner(String member, String value) {
            assertThat(mayUpdate(ANN, THREAD, member, value)).isTrue();
            assertThat(mayUpdate(BOB, THREAD, member, value)).isFalse();
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {"id;'comment-thread:u'", "createdBy;'bob'", "createdAt;2"},
                delimiter = ';')
        @DisplayName("some of it never changes")
        void fixed(String member, String value) {
            assertThat(mayUpdate(ANN, THREAD, member, value)).isFalse();
            assertThat(mayUpdate(BOB, THREAD, member, value)).isFalse();
        }

        @Test
        @DisplayName("everybody resolves it in their own name, and opens it again")
        void resolved() {
            assertThat(mayUpdate(BOB, THREAD, "resolved", "{'at':1,'by':'bob'}"))
                    .isTrue();
            assertThat(mayUpdate(BOB, THREAD, "resolved", "{'at':1,'by':'ann'}"))
                    .isFalse();
            assertThat(mayUpdate(ANN, THREAD, "resolved", "{'at':1,'by':'bob'}"))
                    .isFalse();
            JsonObject resolved = with(THREAD, "resolved", "{'at':1,'by':'ann'}");
            assertThat(mayUpdate(BOB, resolved, "resolved", "null")).isTrue();
            assertThat(mayUpdate(BOB, resolved, "resolved", "{'at':9,'by':'ann'}"))
                    .isFalse();
            assertThat(rules(THREAD)
                            .mayUpdate(BOB, THREAD, with(with(THREAD, "resolved", "{'at':1,'by':'bob'}"), "meta", "1")))
                    .isFalse();
        }

        @Test
        @DisplayName("it is deleted by its flag, once, and then stays as it is")
        void deleted() {
            JsonObject gone = with(THREAD, "isDeleted", "true");
            assertThat(mayUpdate(ANN, gone, "isDeleted", "false")).isFalse();
            assertThat(mayUpdate(ANN, gone, "resolved", "{'at':1,'by':'ann'}")).isFalse();
            assertThat(mayUpdate(ANN, gone, "meta", "{'a':1}")).isFalse();
            assertThat(mayDelete(ANN, THREAD)).isFalse();
            assertThat(mayDelete(ANN, gone)).isFalse();
        }
    }

    @Nested
    @DisplayName("say of a comment that")
    class Messages {
        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {
                    "body;{'type':'doc','content':[1]}",
                    "editedAt;5",
                    "meta;{'a':1}",
                    "pageId;'page:q'",
                    "isDeleted;true"
                },
                delimiter = ';')
        @DisplayName("only its author changes it")
        void owner(String member, String value) {
            assertThat(mayUpdate(ANN, COMMENT, member, value)).isTrue();
            assertThat(mayUpdate(BOB, COMMENT, member, value)).isFalse();
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '`',
                value = {"id;'comment:u'", "authorId;'bob'", "createdAt;2", "threadId;'comment-thread:u'"},
                delimiter = ';')
        @DisplayName("some of it never changes")
        void fixed(String member, String value) {
            assertThat(mayUpdate(ANN, COMMENT, member, value)).isFalse();
        }

        @Test
        @DisplayName("it is deleted by its flag, once, and then stays as it is")
        void deleted() {
            JsonObject gone = with(COMMENT, "isDeleted", "true");
            assertThat(mayUpdate(ANN, gone, "isDeleted", "false")).isFalse();
            assertThat(mayUpdate(ANN, gone, "body", "{'type':'doc','content':[1]}"))
                    .isFalse();
            assertThat(mayDelete(ANN, COMMENT)).isFalse();
        }
    }

    @Nested
    @DisplayName("say of a reaction that")
    class Reactions {
        @ParameterizedTest(name = "its id is {3}")
        @CsvSource(quoteCharacter = '`', delimiter = ';', textBlock = """
                comment:c;ann;👍;comment-reaction:comment%3Ac:ann:%F0%9F%91%8D
                comment:a:b;a b/c?%;é-_.!~*'();comment-reaction:comment%3Aa%3Ab:a%20b%2Fc%3F%25:%C3%A9-_.!~*'()
                comment:;user:ü;<"+&>;comment-reaction:comment%3A:user%3A%C3%BC:%3C%22%2B%26%3E
                """)
        void id(String comment, String user, String emoji, String id) {
            JsonObject reaction = REACTION.with("id", new JsonString(id))
                    .with("commentId", new JsonString(comment))
                    .with("emoji", new JsonString(emoji));
            assertThat(create(author(user), reaction)).contains(reaction.with("userId", new JsonString(user)));
            assertThat(create(BOB, reaction)).isEmpty();
            assertThat(create(author(user), reaction.with("id", new JsonString(id + "x"))))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "7", "{}", "'\\ud83d'"})
        @DisplayName("it has one only if it says what it is")
        void odd(String emoji) {
            assertThat(create(ANN, with(REACTION, "emoji", emoji))).isEmpty();
            assertThat(create(ANN, with(REACTION, "commentId", emoji))).isEmpty();
        }

        @Test
        @DisplayName("it is for who has reacted to make it again and to take it back")
        void owner() {
            assertThat(mayUpdate(ANN, REACTION, "createdAt", "2")).isTrue();
            assertThat(mayUpdate(BOB, REACTION, "createdAt", "2")).isFalse();
            assertThat(mayUpdate(ANN, REACTION, "userId", "'bob'")).isFalse();
            assertThat(mayUpdate(ANN, REACTION, "emoji", "'y'")).isFalse();
            assertThat(mayUpdate(ANN, REACTION, "commentId", "'comment:d'")).isFalse();
            assertThat(mayUpdate(ANN, REACTION, "threadId", "'comment-thread:u'"))
                    .isFalse();
            assertThat(mayUpdate(ANN, REACTION, "pageId", "'page:q'")).isTrue();
            assertThat(mayDelete(ANN, REACTION)).isTrue();
            assertThat(mayDelete(BOB, REACTION)).isFalse();
        }
    }

    @Test
    @DisplayName(
            "hold whatever is written: what is another's is never changed, who wrote what never, deleted stays deleted")
    void anything() {
        for (long seed = 0; seed < 300; seed++) {
            new Chaos(seed).run();
        }
    }

    /** Writes what comes to mind, for three people, of whom one is nobody. */
    private static final class Chaos {
        private final long seed;
        private final Random random;
        private final Map<String, JsonObject> records = new HashMap<>();

        Chaos(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        private <T> T pick(List<T> from) {
            return from.get(random.nextInt(from.size()));
        }

        private JsonObject mutated(JsonObject record) {
            JsonObject mutated = record;
            List<String> members = new ArrayList<>(record.keys());
            for (int i = random.nextInt(3); i >= 0; i--) {
                mutated = mutated.with(
                        pick(members),
                        pick(List.<JsonValue>of(
                                JsonNull.NULL,
                                JsonText.json("true"),
                                JsonText.json("false"),
                                JsonText.json("'ann'"),
                                JsonText.json("'bob'"),
                                JsonText.json("3"),
                                JsonText.json("{'at':1,'by':'bob'}"),
                                JsonText.json("{'at':1,'by':'ann'}"))));
            }
            return mutated;
        }

        void run() {
            for (int step = 0; step < 200; step++) {
                Author author = pick(List.of(ANN, BOB, NOBODY));
                JsonObject template = pick(List.of(THREAD, COMMENT, REACTION));
                String key = Objects.requireNonNull(template.string("typeName"));
                JsonObject before = records.get(key);
                RecordAuthorizer rules = rules(template);
                if (before == null) {
                    rules.create(author, random.nextBoolean() ? template : mutated(template))
                            .ifPresent(created -> {
                                assertThat(owner(created)).as("seed %d", seed).isEqualTo(author.userId());
                                records.put(key, created);
                            });
                } else if (random.nextInt(8) == 0) {
                    if (rules.mayDelete(author, before)) {
                        assertThat(key).isEqualTo("comment-reaction");
                        assertThat(owner(before)).as("seed %d", seed).isEqualTo(author.userId());
                        records.remove(key);
                    }
                } else {
                    JsonObject after = mutated(before);
                    if (!after.equals(before) && rules.mayUpdate(author, before, after)) {
                        assertUpdated(author, before, after);
                        records.put(key, after);
                    }
                }
            }
        }

        private void assertUpdated(Author author, JsonObject before, JsonObject after) {
            assertThat(author).as("seed %d", seed).isNotEqualTo(NOBODY);
            assertThat(owner(after)).as("seed %d", seed).isEqualTo(owner(before));
            assertThat(before.get("isDeleted")).as("seed %d", seed).isNotEqualTo(JsonText.json("true"));
            if (!owner(before).equals(author.userId())) {
                assertThat(after.without("resolved")).as("seed %d", seed).isEqualTo(before.without("resolved"));
            }
            if (after.get("resolved") instanceof JsonObject resolved && !resolved.equals(before.get("resolved"))) {
                assertThat(Optional.ofNullable(resolved.string("by")))
                        .as("seed %d", seed)
                        .isEqualTo(author.userId());
            }
        }

        private static Optional<String> owner(JsonObject record) {
            return List.of("createdBy", "authorId", "userId").stream()
                    .map(record::string)
                    .filter(Objects::nonNull)
                    .findFirst();
        }
    }
}
