package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.MigrationException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The author of a change")
class AuthorTest {
    private final RoomFixture room = RoomFixture.create();

    @Test
    @DisplayName("is whose push it was, each its own")
    void pushers() {
        Visitor ann = new Visitor("a", Rights.EDITOR, "user-a", "Ann", Long.MAX_VALUE);
        TestClient known = room.client("a").visitor(ann).join();
        TestClient unknown = room.join("b");
        known.push(Diffs.put(Records.page("1")));
        unknown.push(Diffs.put(Records.page("2")));
        assertThat(room.authors())
                .containsExactly(
                        Optional.of(new Author("a", Optional.of("user-a"), Optional.of("Ann"), Rights.EDITOR)),
                        Optional.of(new Author("b", Optional.empty(), Optional.empty(), Rights.EDITOR)));
    }

    @Test
    @DisplayName("is nobody in the room when the host has made it, though people are there")
    void host() throws MigrationException, LimitExceededException {
        RoomSnapshot before = room.snapshot();
        room.join("a");
        room.update(update -> update.put(update.get("page:page").orElseThrow().with("name", JsonString.of("new"))));
        room.perform(room.room().load(before, false));
        assertThat(room.authors()).containsExactly(Optional.empty(), Optional.empty());
    }
}
