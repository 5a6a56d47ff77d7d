package dev.drawbridge.agents;

import dev.drawbridge.agents.board.BoardEdit;
import dev.drawbridge.agents.board.Pointing;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.Rights;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agents of this node, in the rooms that they have entered. Each is in a room like anybody else: it is seen there, may do
 * what its rights say, and is sent away for what others are sent away for. It leaves when it has done nothing for a while.
 */
public final class Agents implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Agents.class);

    private final AgentServices services;
    private final AgentSettings settings;

    /** Under its own lock. */
    private final Map<Key, Place> places = new LinkedHashMap<>();

    private boolean closed;

    private record Key(String roomId, Agent agent) {}

    public Agents(AgentServices services) {
        this.services = services;
        this.settings = services.settings();
    }

    /**
     * Makes a change; enters the room first if need be, and has a version made before the agent's first change since it came
     * in. The stage ends when the change is stored, and fails with an {@link AgentException}.
     *
     * <p>When the room is lost in the middle, because it moves or is put away, the agent comes in again, and says the change
     * again if the records show that it was not made. Since it says whole records, one that was made all the same comes to the
     * same twice; only what somebody else has made of new records of it within that moment is lost. Where the records show
     * that somebody has changed them meanwhile, nothing is said again, and it fails with {@link AgentException.Unknown}.
     *
     * <p>What is deleted does not take what hangs on it along: the edit names that too.
     *
     * @param rights what the agent may do in the room, as has been decided for this change
     */
    public CompletionStage<Written> write(String roomId, Agent agent, Rights rights, BoardEdit edit) {
        CompletableFuture<Written> answer = new CompletableFuture<>();
        Place place;
        try {
            place = used(roomId, agent);
        } catch (AgentException.Busy e) {
            answer.completeExceptionally(e);
            return answer;
        }
        services.background().execute(() -> {
            try {
                answer.complete(written(place, rights, edit));
            } catch (AgentException e) {
                answer.completeExceptionally(e);
            } catch (RuntimeException | Error e) {
                log.error("room {}: a change of an agent has failed because of an error", Quoted.bare(roomId), e);
                answer.completeExceptionally(new AgentException.Unknown("The change has failed because of an error"));
            }
        });
        return answer;
    }

    private Written written(Place place, Rights rights, BoardEdit edit) throws AgentException {
        try {
            return place.write(rights, edit);
        } finally {
            done(place);
        }
    }

    /**
     * Shows where the agent is; enters the room first if need be. When that cannot be, nobody is told. Never waits.
     *
     * @param rights what the agent may do in the room, as has been decided for this look
     */
    public void look(String roomId, Agent agent, Rights rights, Pointing at) {
        Place place;
        try {
            place = used(roomId, agent);
        } catch (AgentException.Busy e) {
            return; // others are at work: it is no time to look around
        }
        services.background().execute(() -> {
            try {
                place.look(rights, at);
            } catch (RuntimeException | Error e) {
                log.error("room {}: an agent is not shown because of an error", Quoted.bare(roomId), e);
            } finally {
                done(place);
            }
        });
    }

    /** Lets it go out of all rooms, whatever it has come as. What it is doing there may fail. Never waits. */
    public void leave(Agent agent) {
        removed(place -> place.agent().sessionId().equals(agent.sessionId())).forEach(Place::leave);
    }

    /** In how many rooms agents are, each counted in each. */
    public int places() {
        synchronized (places) {
            return places.size();
        }
    }

    /** Time has passed; to be called about once a second. Never waits. */
    public void tick() {
        long now = services.clock().millis();
        removed(place -> !place.isBusy()
                        && now - place.usedAt() >= settings.idleAfter().toMillis())
                .forEach(Place::leave);
        List<Place> staying;
        synchronized (places) {
            staying = List.copyOf(places.values());
        }
        staying.forEach(place -> place.tick(now));
    }

    /** All leave, and none comes any more. */
    @Override
    public void close() {
        synchronized (places) {
            closed = true;
        }
        removed(place -> true).forEach(Place::leave);
    }

    private List<Place> removed(Predicate<Place> which) {
        synchronized (places) {
            List<Place> removed = places.values().stream().filter(which).toList();
            places.values().removeAll(removed);
            return removed;
        }
    }

    /** The agent's place in a room, a new one if need be, which stays while it is used. */
    private Place used(String roomId, Agent agent) throws AgentException.Busy {
        Optional<Place> leaving = Optional.empty();
        Place place;
        synchronized (places) {
            if (closed) {
                throw new AgentException.Busy("The server is shutting down");
            }
            Key key = new Key(roomId, agent);
            Place known = places.get(key);
            if (known == null) {
                leaving = makeRoom(agent);
                known = new Place(roomId, agent, services);
                places.put(key, known);
            }
            place = known;
            if (!place.use()) {
                throw new AgentException.Busy("Too many changes of this agent wait for each other");
            }
        }
        leaving.ifPresent(Place::leave);
        return place;
    }

    /** One who could not come in, or was sent away, needs no place. */
    private void done(Place place) {
        synchronized (places) {
            place.done();
            if (place.isOut() && !place.isBusy()) {
                places.values().remove(place);
            }
        }
    }

    /** Takes the place of the one that has been idle longest, where there is none left. */
    private Optional<Place> makeRoom(Agent agent) throws AgentException.Busy {
        Predicate<Place> its = place -> place.agent().sessionId().equals(agent.sessionId());
        if (places.values().stream().filter(its).count() >= settings.mostRooms()) {
            return Optional.of(evicted(its, "The agent is at work in as many rooms as it may be"));
        }
        if (places.size() >= settings.mostPlaces()) {
            return Optional.of(evicted(place -> true, "As many agents are at work as may be"));
        }
        return Optional.empty();
    }

    private Place evicted(Predicate<Place> which, String otherwise) throws AgentException.Busy {
        Place idle = places.values().stream()
                .filter(which)
                .filter(place -> !place.isBusy())
                .min(Comparator.comparingLong(Place::usedAt))
                .orElseThrow(() -> new AgentException.Busy(otherwise));
        places.values().remove(idle);
        return idle;
    }
}
