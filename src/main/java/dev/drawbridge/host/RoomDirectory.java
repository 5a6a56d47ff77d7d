package dev.drawbridge.host;

import dev.drawbridge.host.RoomDetails.State;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Which rooms there are: what is stored of them, and where they are open. No room is asked; of those that are open at other
 * nodes, these are, all at the same time.
 */
final class RoomDirectory {
    /** A search looks at so many rooms at the most, and hands out where to go on. */
    private static final int MOST_LOOKED_AT = 5_000;

    private static final int AT_ONCE = 500;

    private final RoomRegistry registry;
    private final RoomStore store;
    private final NodeIdentity node;
    private final Neighbours neighbours;

    RoomDirectory(RoomRegistry registry, RoomStore store, NodeIdentity node, Neighbours neighbours) {
        this.registry = registry;
        this.store = store;
        this.node = node;
        this.neighbours = neighbours;
    }

    CompletionStage<Optional<RoomDetails>> find(String roomId) {
        return store.find(roomId)
                .thenCompose(stored -> described(stored.stream().toList(), Optional.empty()))
                .thenApply(listing -> listing.rooms().stream().findFirst());
    }

    CompletionStage<RoomListing> list(RoomQuery query) {
        return query.state().equals(Optional.of(State.ACTIVE))
                ? open(query)
                : stored(query, query.after(), new ArrayList<>(), 0);
    }

    // ---- those that are open anywhere

    private CompletionStage<RoomListing> open(RoomQuery query) {
        Set<String> unanswered = new TreeSet<>();
        Set<String> ids = new TreeSet<>(registry.openRooms(query));
        Map<String, CompletableFuture<Optional<List<String>>>> asked = new HashMap<>();
        for (Neighbours.Neighbour each : neighbours.all()) {
            asked.put(each.nodeId(), neighbours.openRooms(each.nodeId(), query).toCompletableFuture());
        }
        return all(asked.values().stream()).thenCompose(answered -> {
            asked.forEach((nodeId, answer) -> answer.join().ifPresentOrElse(ids::addAll, () -> unanswered.add(nodeId)));
            List<String> page = ids.stream().limit(query.limit()).toList();
            Optional<String> next = ids.size() > page.size() ? Optional.of(page.getLast()) : Optional.empty();
            return summaries(page)
                    .thenCompose(found -> described(found, next))
                    .thenApply(described -> new RoomListing(
                            described.rooms().stream()
                                    .filter(room -> room.state() == State.ACTIVE) // it may be so no more
                                    .toList(),
                            next,
                            union(unanswered, described.unanswered())));
        });
    }

    /** What is stored of these. One that nothing is stored of yet is not there yet. */
    private CompletionStage<List<RoomSummary>> summaries(List<String> roomIds) {
        List<CompletableFuture<Optional<RoomSummary>>> found =
                roomIds.stream().map(id -> store.find(id).toCompletableFuture()).toList();
        return all(found.stream())
                .thenApply(done ->
                        found.stream().flatMap(each -> each.join().stream()).toList());
    }

    // ---- those that are stored

    private CompletionStage<RoomListing> stored(
            RoomQuery query, Optional<String> after, List<RoomSummary> found, int lookedAt) {
        boolean all = query.text().isEmpty() && query.state().isEmpty();
        return store.list("", after, all ? query.limit() : AT_ONCE)
                .thenCompose(page -> matching(query, page.rooms()).thenCompose(matching -> {
                    for (RoomSummary room : matching) {
                        if (found.size() == query.limit()) {
                            return described(found, Optional.of(found.getLast().roomId()));
                        }
                        found.add(room);
                    }
                    int looked = lookedAt + page.rooms().size();
                    return page.next().isEmpty() || found.size() == query.limit() || looked >= MOST_LOOKED_AT
                            ? described(found, page.next())
                            : stored(query, page.next(), found, looked);
                }));
    }

    private CompletionStage<List<RoomSummary>> matching(RoomQuery query, List<RoomSummary> rooms) {
        List<RoomSummary> named = rooms.stream()
                .filter(room -> room.roomId().contains(query.text()))
                .toList();
        return query.state().isEmpty()
                ? CompletableFuture.completedStage(named)
                : aliveOwners(named).thenApply(alive -> named.stream()
                        .filter(room -> query.state().get() == (isOpen(room, alive) ? State.ACTIVE : State.STORED))
                        .toList());
    }

    private boolean isOpen(RoomSummary room, Set<String> alive) {
        return isHere(room) || room.owner().filter(alive::contains).isPresent();
    }

    // ---- where they are

    /** A room that is only being opened here may turn out to be elsewhere. */
    private boolean isHere(RoomSummary room) {
        boolean isNamed = room.owner().isEmpty() || room.owner().get().equals(node.id());
        return isNamed ? registry.isOpen(room.roomId()) : registry.hasOpened(room.roomId());
    }

    /** The nodes, others than this, that are alive and named as owners of rooms that are not here. */
    private CompletionStage<Set<String>> aliveOwners(List<RoomSummary> rooms) {
        Set<String> named = new HashSet<>();
        rooms.stream()
                .filter(room -> !isHere(room))
                .flatMap(room -> room.owner().stream())
                .filter(owner -> !owner.equals(node.id()))
                .forEach(named::add);
        return named.isEmpty() ? CompletableFuture.completedStage(Set.of()) : neighbours.alive(named);
    }

    private CompletionStage<RoomListing> described(List<RoomSummary> rooms, Optional<String> next) {
        return described(rooms, next, true);
    }

    /** @param again whether what is not where the store has named it is looked for once more: it may have moved meanwhile */
    private CompletionStage<RoomListing> described(List<RoomSummary> rooms, Optional<String> next, boolean again) {
        return aliveOwners(rooms).thenCompose(alive -> {
            Map<String, List<String>> elsewhere = new HashMap<>();
            for (RoomSummary room : rooms) {
                if (!isHere(room) && isOpen(room, alive)) {
                    elsewhere
                            .computeIfAbsent(room.owner().orElseThrow(), owner -> new ArrayList<>())
                            .add(room.roomId());
                }
            }
            Map<String, CompletableFuture<Optional<Map<String, Integer>>>> asked = new HashMap<>();
            elsewhere.forEach((owner, ids) ->
                    asked.put(owner, neighbours.sessions(owner, ids).toCompletableFuture()));
            return all(asked.values().stream()).thenCompose(answered -> {
                Map<String, Optional<Map<String, Integer>>> answers = new HashMap<>();
                asked.forEach((owner, answer) -> answers.put(owner, answer.join()));
                List<String> missed = again ? missed(elsewhere, answers) : List.of();
                return missed.isEmpty()
                        ? CompletableFuture.completedStage(listing(rooms, next, answers))
                        : lookAgain(rooms, missed, next);
            });
        });
    }

    /** Those that nodes which have answered do not have. */
    private static List<String> missed(
            Map<String, List<String>> asked, Map<String, Optional<Map<String, Integer>>> answers) {
        List<String> missed = new ArrayList<>();
        asked.forEach((owner, ids) -> answers.getOrDefault(owner, Optional.empty())
                .ifPresent(
                        open -> ids.stream().filter(id -> !open.containsKey(id)).forEach(missed::add)));
        return missed;
    }

    private CompletionStage<RoomListing> lookAgain(
            List<RoomSummary> rooms, List<String> missed, Optional<String> next) {
        return summaries(missed).thenCompose(found -> {
            Map<String, RoomSummary> newer = new HashMap<>();
            found.forEach(room -> newer.put(room.roomId(), room));
            List<RoomSummary> now = rooms.stream()
                    .filter(room -> newer.containsKey(room.roomId()) || !missed.contains(room.roomId()))
                    .map(room -> newer.getOrDefault(room.roomId(), room))
                    .toList();
            return described(now, next, false);
        });
    }

    private RoomListing listing(
            List<RoomSummary> rooms, Optional<String> next, Map<String, Optional<Map<String, Integer>>> answers) {
        Set<String> unanswered = new TreeSet<>();
        answers.forEach((owner, answer) -> {
            if (answer.isEmpty()) {
                unanswered.add(owner);
            }
        });
        List<RoomDetails> details = new ArrayList<>();
        for (RoomSummary room : rooms) {
            String owner = room.owner().orElse("");
            Integer there = answers.getOrDefault(owner, Optional.empty())
                    .orElse(Map.of())
                    .get(room.roomId());
            if (isHere(room)) {
                int sessions =
                        registry.open(room.roomId()).map(RoomHost::sessions).orElse(0);
                details.add(details(room, Optional.of(node.id()), OptionalInt.of(sessions)));
            } else if (unanswered.contains(owner)) {
                details.add(details(room, Optional.of(owner), OptionalInt.empty()));
            } else if (there != null) {
                details.add(details(room, Optional.of(owner), OptionalInt.of(there)));
            } else {
                details.add(details(room, Optional.empty(), OptionalInt.of(0)));
            }
        }
        return new RoomListing(details, next, unanswered);
    }

    private static RoomDetails details(RoomSummary stored, Optional<String> at, OptionalInt sessions) {
        return new RoomDetails(
                stored.roomId(),
                at.isPresent() ? State.ACTIVE : State.STORED,
                at,
                sessions,
                stored.size().records(),
                stored.size().bytes(),
                stored.documentClock(),
                stored.created(),
                stored.changed());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    private static CompletableFuture<Void> all(Stream<? extends CompletableFuture<?>> stages) {
        return CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
    }
}
