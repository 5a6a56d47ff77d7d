package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.FrameDecoder;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.ValidationException;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A room and some clients in virtual time, with a network that a seed makes deliver, delay, lose and cut as it likes.
 * What must hold after each event is checked after each event; {@link #settle} brings it to rest and compares all.
 */
final class Simulation {
    private static final int MOST_EVENTS_TO_SETTLE = 20_000;

    private final RandomGenerator random;
    private final SimulatedEdits edits;
    private final Room room;
    private final StoredRoom stored;
    private final List<SimulatedClient> clients = new ArrayList<>();
    /** Other clients with the session id of one of these, as when a tab is copied; whoever opens last has the session. */
    private final List<SimulatedClient> doubles = new ArrayList<>();

    private final List<SimulatedLink> links = new ArrayList<>();
    private long now;
    private boolean workAsked;
    /** What has to be decided elsewhere, and has not been. */
    private final List<Effect.Ask> questions = new ArrayList<>();

    Simulation(RandomGenerator random) {
        this.random = random;
        this.edits = new SimulatedEdits(random);
        RoomSnapshot initial = RoomSnapshot.initial(TldrawSchema.initialRecords(), Schemas.WITH_CARDS.serialize(), 1);
        RoomSettings settings = new RoomSettings(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                1 + random.nextInt(8),
                random.nextInt(4),
                Limits.NONE,
                RecordAuthorizers.NONE.withDecidedElsewhere(Set.of("page", "shape")));
        AtomicInteger presences = new AtomicInteger();
        this.room = new Room(
                initial,
                Schemas.WITH_CARDS,
                settings,
                () -> "p" + presences.incrementAndGet(),
                new Lobby.Turn(1 + random.nextInt(6), 1 << 20));
        this.stored = new StoredRoom(initial);
        for (SimulatedClient.Kind kind : SimulatedClient.Kind.values()) {
            int many = kind == SimulatedClient.Kind.MODERN ? 2 : random.nextInt(2);
            for (int i = 0; i < many; i++) {
                clients.add(new SimulatedClient(kind.name().toLowerCase(Locale.ROOT) + i, kind));
            }
        }
    }

    void run(int events) {
        for (int i = 0; i < events; i++) {
            event();
        }
    }

    private void event() {
        now += random.nextInt(30);
        SimulatedClient client = anybody();
        int dice = random.nextInt(100);
        if (dice < 1) {
            passTime(random.nextInt(25_000));
        } else if (dice < 2) {
            passTime(random.nextInt(6_000));
        } else if (dice < 3) {
            client.link().ifPresent(this::cutByClient);
        } else if (dice < 4) {
            client.link().ifPresent(this::cutByServer);
        } else if (dice < 5) {
            open(client); // though the old socket may be all right
        } else if (dice < 6) {
            hostEdits();
        } else if (dice < 7) {
            openDouble(client);
        } else if (dice < 9) {
            client.link().ifPresent(this::fold);
        } else if (dice < 10) {
            work();
        } else if (dice < 11) {
            answer();
            answer();
        } else if (dice < 13) {
            client.ping();
        } else if (dice < 24) {
            edits.edit(client);
        } else if (dice < 34) {
            client.flush();
        } else if (dice < 38) {
            openIfClosed(client);
        } else if (dice < 63) {
            pick(link -> !link.toServer().isEmpty()).forEach(this::deliverToServer);
        } else {
            pick(link -> !link.toClient().isEmpty()).forEach(this::deliverToClient);
        }
    }

    private SimulatedClient anybody() {
        int index = random.nextInt(clients.size() + doubles.size());
        return index < clients.size() ? clients.get(index) : doubles.get(index - clients.size());
    }

    // ---- the end

    /** Lets everybody connect, push what is left and read what is under way; then all must show the same. */
    void settle() {
        doubles.forEach(client -> client.link().ifPresent(this::cutByClient));
        for (int events = 0; !isSettled(); events++) {
            assertThat(events).as("events until all is quiet").isLessThan(MOST_EVENTS_TO_SETTLE);
            clients.forEach(client -> {
                openIfClosed(client);
                client.flush();
            });
            work();
            answer();
            pick(link -> !link.isQuiet()).forEach(link -> {
                if (random.nextBoolean() && !link.toServer().isEmpty()) {
                    deliverToServer(link);
                } else if (!link.toClient().isEmpty()) {
                    deliverToClient(link);
                }
            });
            links.removeIf(link -> link.isQuiet() && link.client().link().orElse(null) != link);
        }
        clients.forEach(SimulatedClient::ping);
        drain();
        passTime(6_000); // the sessions that nobody came back to are removed
        drain();
        assertConverged();
    }

    private boolean isSettled() {
        return !workAsked
                && questions.isEmpty()
                && links.stream().allMatch(link -> link.isQuiet() && !link.isFolded())
                && clients.stream().allMatch(SimulatedClient::isSettled);
    }

    private void drain() {
        for (SimulatedLink link : List.copyOf(links)) {
            while (!link.toServer().isEmpty()) {
                deliverToServer(link);
            }
        }
        while (workAsked || !questions.isEmpty()) {
            work();
            answer();
        }
        for (SimulatedLink link : List.copyOf(links)) {
            while (!link.toClient().isEmpty()) {
                deliverToClient(link);
            }
        }
    }

    private void assertConverged() {
        stored.assertEquals(room.snapshot());
        SimulatedClient observer = new SimulatedClient("observer", SimulatedClient.Kind.MODERN);
        open(observer);
        while (!observer.isConnected()) {
            SimulatedLink link = observer.link().orElseThrow();
            if (workAsked) {
                work();
            } else if (link.toServer().isEmpty()) {
                deliverToClient(link);
            } else {
                deliverToServer(link);
            }
        }
        Map<String, JsonObject> documents = new LinkedHashMap<>();
        room.snapshot().documents().forEach(record -> documents.put(record.id(), ParsedRecords.parse(record)));
        assertThat(documentsOf(observer))
                .as("a new client shows what the room holds")
                .isEqualTo(documents);

        for (SimulatedClient client : clients) {
            assertThat(documentsOf(client)).as("what %s shows", client).isEqualTo(downFor(client, documents));
            assertThat(client.replica().shown()).isEqualTo(client.replica().confirmed());
            Map<String, JsonObject> others =
                    new LinkedHashMap<>(observer.replica().shown());
            others.entrySet()
                    .removeIf(record -> !Replica.isPresence(record.getKey())
                            || client.sessionId().equals(record.getValue().string("userName")));
            assertThat(presencesOf(client)).as("whom %s sees", client).isEqualTo(downFor(client, others));
        }
    }

    private static Map<String, JsonObject> documentsOf(SimulatedClient client) {
        Map<String, JsonObject> records = new LinkedHashMap<>(client.replica().shown());
        records.keySet().removeIf(Replica::isPresence);
        return records;
    }

    private static Map<String, JsonObject> presencesOf(SimulatedClient client) {
        Map<String, JsonObject> records = new LinkedHashMap<>(client.replica().shown());
        records.keySet().removeIf(id -> !Replica.isPresence(id));
        return records;
    }

    private static Map<String, JsonObject> downFor(SimulatedClient client, Map<String, JsonObject> documents) {
        Map<String, JsonObject> migrated = new LinkedHashMap<>();
        Set<String> hidden = hiddenFrom(client, documents);
        documents.forEach((id, record) -> {
            if (hidden.contains(id)) {
                return;
            }
            try {
                migrated.put(id, client.migrations().down(record));
            } catch (MigrationException e) {
                throw new AssertionError(e);
            }
        });
        return migrated;
    }

    /** By the word of the rule: what its schema does not name, and again and again what hangs on that. */
    private static Set<String> hiddenFrom(SimulatedClient client, Map<String, JsonObject> documents) {
        Set<String> hidden = new HashSet<>();
        int before;
        do {
            before = hidden.size();
            documents.forEach((id, record) -> {
                boolean unknown = client.migrations()
                        .hides(Objects.requireNonNull(record.string("typeName")), record.string("type"));
                if (unknown
                        || Stream.of("parentId", "fromId", "toId")
                                .map(record::string)
                                .anyMatch(hidden::contains)) {
                    hidden.add(id);
                }
            });
        } while (hidden.size() > before);
        return hidden;
    }

    // ---- what can happen

    private void passTime(int milliseconds) {
        now += milliseconds;
        perform(room.tick(now, now));
        pick(SimulatedLink::isWaitedFor).forEach(this::fold); // often what is dropped tells of those who have gone
    }

    private void work() {
        if (workAsked) {
            workAsked = false;
            perform(room.work(now));
        }
    }

    /** One of the questions is answered, whichever; now and then with a no, or not as it should be. */
    private void answer() {
        if (questions.isEmpty()) {
            return;
        }
        Effect.Ask question = questions.remove(random.nextInt(questions.size()));
        List<WriteVerdict> verdicts = new ArrayList<>();
        question.writes()
                .forEach(each -> verdicts.add(random.nextInt(6) == 0 ? WriteVerdict.REFUSED : WriteVerdict.ALLOWED));
        if (random.nextInt(20) == 0) {
            verdicts.removeLast();
        }
        perform(room.answered(question.number(), verdicts, now));
        if (random.nextInt(20) == 0) {
            perform(room.answered(question.number(), verdicts, now)); // once more, to no effect
        }
    }

    /** The client reads too slowly: what waits for it is dropped, and it is brought up to date instead. */
    private void fold(SimulatedLink link) {
        link.fold().ifPresent(sinceClock -> perform(room.catchUp(link, sinceClock, now)));
    }

    private void hostEdits() {
        try {
            perform(room.update(update -> {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    edits.edit(update);
                }
            }));
        } catch (ValidationException | LimitExceededException e) {
            throw new AssertionError(e);
        }
    }

    private void open(SimulatedClient client) {
        client.link().ifPresent(this::letGo);
        links.add(client.open());
    }

    private void openIfClosed(SimulatedClient client) {
        if (client.link().isEmpty()) {
            open(client);
        }
    }

    private void openDouble(SimulatedClient client) {
        if (doubles.size() < 3) {
            SimulatedClient other = new SimulatedClient(client.sessionId(), client.kind());
            doubles.add(other);
            open(other);
        }
    }

    private void cutByClient(SimulatedLink link) {
        letGo(link);
        link.client().reset();
    }

    private void letGo(SimulatedLink link) {
        link.closedByClient(random.nextInt(link.toServer().size() + 1));
    }

    /** The server finds that the socket is gone before its client does. */
    private void cutByServer(SimulatedLink link) {
        perform(room.lose(link, "cut", now));
    }

    private List<SimulatedLink> pick(Predicate<SimulatedLink> which) {
        List<SimulatedLink> candidates = links.stream().filter(which).toList();
        return candidates.isEmpty() ? List.of() : List.of(candidates.get(random.nextInt(candidates.size())));
    }

    private void deliverToServer(SimulatedLink link) {
        switch (link.toServer().remove()) {
            case SimulatedLink.ToServer.Open ignored ->
                perform(room.open(
                        link,
                        Visitor.unknown(
                                link.client().sessionId(), link.client().kind().readonly()),
                        now));
            case SimulatedLink.ToServer.Gone ignored -> perform(room.lose(link, "gone", now));
            case SimulatedLink.ToServer.Frame(String text) -> {
                switch (link.decoder().decode(text)) {
                    case FrameDecoder.Message(var message, int length) ->
                        perform(room.receive(link, message, length, now));
                    case FrameDecoder.Partial ignored -> {
                        // more is to come
                    }
                    case FrameDecoder.Broken(String why) -> throw new AssertionError(why);
                    case FrameDecoder.Refused(var reason, String why, var ignored) ->
                        throw new AssertionError(reason + " " + why);
                }
            }
        }
    }

    private void deliverToClient(SimulatedLink link) {
        SimulatedClient client = link.client();
        switch (link.deliver()) {
            case SimulatedLink.ToClient.Message(JsonObject json) -> client.receive(json);
            case SimulatedLink.ToClient.Closed(Effect.Close close) -> {
                assertThat(close.refusal())
                        .as("refusal of %s: %s", client, close.why())
                        .isEmpty();
                cutByClient(link);
            }
        }
    }

    private void perform(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Changed(DocumentChange change, var ignored) -> stored.write(change);
                case Effect.Send(Connection to, DataEvent.Patch caughtUp) -> {
                    ((SimulatedLink) to).unfold();
                    send(to, parse(caughtUp.encode().whole()));
                }
                case Effect.Send send ->
                    send(send.to(), parse(send.message().encode().whole()));
                case Effect.Broadcast broadcast -> {
                    JsonObject message = parse(broadcast.event().encode().whole());
                    broadcast.to().stream()
                            .filter(to -> to != broadcast.except())
                            .forEach(to -> send(to, message));
                }
                case Effect.Close close -> {
                    SimulatedLink link = (SimulatedLink) close.connection();
                    link.closedByServer(close, random.nextInt(link.toClient().size() + 1));
                }
                case Effect.SessionJoined ignored -> {
                    // nobody asks
                }
                case Effect.SessionRemoved ignored -> {
                    // nobody asks
                }
                case Effect.LimitHit hit -> throw new AssertionError(hit);
                case Effect.Deferred deferred -> deferred.whenStored().run();
                case Effect.Ask ask -> questions.add(ask);
                case Effect.MoreWork ignored -> {
                    assertThat(workAsked).as("more work is asked for once").isFalse();
                    workAsked = true;
                }
                case Effect.RoomBecameEmpty ignored ->
                    assertThat(room.isEmpty()).isTrue();
            }
        }
        assertThat(stored.clock()).as("[§21.5] nothing unstored is left").isEqualTo(room.documentClock());
    }

    private void send(Connection to, JsonObject message) {
        SimulatedLink link = (SimulatedLink) to;
        assertThat(link.serverHasClosed())
                .as("[§7] %s for a socket that was closed", message)
                .isFalse();
        if (message.get("serverClock") instanceof JsonNumber(double clock)) {
            assertThat(clock).as("[§21.5] serverClock of %s", message).isEqualTo((double) stored.clock());
        }
        link.sendToClient(new SimulatedLink.ToClient.Message(message));
    }

    private static JsonObject parse(byte[] encoded) {
        try {
            return (JsonObject) Json.parse(encoded);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }
}
