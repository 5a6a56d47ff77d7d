package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.ClientCompatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[§21.22] what clients of a projection see of a document")
class ViewTest {
    private static final int SHAPES = 10_000;

    private final RoomDocument document = new RoomDocument(snapshot());
    private final Outline outline = new Outline(document);
    private final View view;

    ViewTest() {
        outline.complete();
        view = new View(
                ((ClientCompatibility.Compatible) Schemas.WITH_CARDS.compatibilityWith(Schemas.OURS.serialize()))
                        .migrations(),
                outline,
                document.clock());
    }

    /** A page full of shapes, and a card with a frame on which are ten. */
    private static RoomSnapshot snapshot() {
        List<JsonObject> records = new ArrayList<>(List.of(Records.document(), Records.page(), Records.card("c")));
        records.add(Records.on("shape:c", Records.frame("f")));
        for (int i = 0; i < SHAPES; i++) {
            JsonObject shape = Records.geo("g" + i);
            records.add(i < 10 ? Records.on("shape:f", shape) : shape);
        }
        List<StoredRecord> stored = records.stream()
                .map(record -> new StoredRecord(Records.idOf(record), Json.encode(record), 1))
                .toList();
        return new RoomSnapshot(stored, Map.of(), 1, 1, Schemas.WITH_CARDS.serialize());
    }

    private long looksFor(JsonObject... puts) {
        DocumentTransaction transaction = new DocumentTransaction(document, RecordDiffer.STRING_APPENDS);
        for (JsonObject put : puts) {
            transaction.put(Records.idOf(put), put);
        }
        return looksFor(transaction);
    }

    private long looksFor(DocumentTransaction transaction) {
        long before = view.looks();
        DocumentChange change =
                document.land(document.draft(transaction.changes()), true).orElseThrow();
        view.changed(outline.changed(change), change.clock());
        return view.looks() - before;
    }

    private JsonObject moved(String id) {
        return Objects.requireNonNull(document.get(id)).with("x", JsonNumber.of((double) document.clock()));
    }

    @Test
    @DisplayName("is all but the card and what is on it")
    void hidden() {
        assertThat(view.hidden())
                .hasSize(12)
                .contains("shape:c", "shape:f", "shape:g0")
                .doesNotContain("shape:g10");
    }

    @Test
    @DisplayName("costs one look for a shape that is moved, seen or not, however many there are")
    void moves() {
        assertThat(looksFor(moved("shape:g100"))).isEqualTo(1);
        assertThat(looksFor(moved("shape:c"))).isEqualTo(1);
        assertThat(looksFor(Records.on("shape:g1000", moved("shape:g100")))).isEqualTo(1);
        assertThat(looksFor(Records.geo("new"))).isEqualTo(1);
    }

    @Test
    @DisplayName("costs, when something appears or disappears, as many looks as do so with it")
    void turns() {
        assertThat(looksFor(Records.on(Records.PAGE_ID, moved("shape:f")))).isEqualTo(1 + 11);
        assertThat(view.appeared()).hasSize(10);
        assertThat(view.hidden()).containsExactly("shape:c");

        assertThat(looksFor(Records.on("shape:c", moved("shape:f")))).isEqualTo(1 + 11);
        assertThat(view.disappeared()).hasSize(10);
        assertThat(view.hidden()).hasSize(12);
    }

    @Test
    @DisplayName("is right of shapes that lie on each other in a circle, on a card or not")
    void circles() {
        looksFor(
                Records.on("shape:b", Records.geo("a")),
                Records.on("shape:a", Records.geo("b")),
                Records.on("shape:a", Records.geo("onBoth")));
        assertThat(view.isHidden("shape:a")).isFalse();

        looksFor(Records.on("shape:c", Records.geo("a")));
        assertThat(view.hidden()).contains("shape:a", "shape:b", "shape:onBoth");

        looksFor(Records.on("shape:b", Records.geo("a")));
        assertThat(view.hidden()).doesNotContain("shape:a", "shape:b", "shape:onBoth");
    }

    @Test
    @DisplayName("is counted in bytes, as what it is made of, and no longer than that is there")
    void bytes() {
        long outlineBefore = outline.bytes();
        long viewBefore = view.bytes();
        assertThat(outlineBefore).isBetween(300L * SHAPES, 600L * SHAPES);
        looksFor(Records.on("shape:c", Records.geo("new")), Records.binding("b", "shape:g0", "shape:g20"));
        assertThat(outline.bytes()).isEqualTo(outlineBefore + (300 + 200) + (300 + 2 * 200));
        assertThat(view.bytes()).isEqualTo(viewBefore + 2 * 80);

        DocumentTransaction away = new DocumentTransaction(document, RecordDiffer.STRING_APPENDS);
        away.remove("shape:new");
        away.remove("binding:b");
        looksFor(away);
        assertThat(outline.bytes()).isEqualTo(outlineBefore);
    }

    @Test
    @DisplayName("is remembered for so many records that have turned, and no more")
    void forgets() {
        long before = document.clock();
        assertThat(view.remembers(before)).isTrue();
        JsonObject[] all = new JsonObject[View.MOST_TURNED + 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = Records.on("shape:c", moved("shape:g" + (100 + i)));
        }
        looksFor(all);

        assertThat(view.remembers(before)).isFalse();
        assertThat(view.remembers(document.clock())).isTrue();
    }
}
