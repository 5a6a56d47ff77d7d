package dev.drawbridge.events;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.events.Happening.Joined;
import dev.drawbridge.events.Happening.Left;
import dev.drawbridge.events.Happening.LimitHit;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.events.Happening.VersionCreated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What of an event is to be told, after what was told of its room before. That makes each room's story whole, whichever
 * nodes say what in which order, and however often: changes go on from clock to clock; a room that is opened was closed
 * before; nobody comes into one that is closed.
 *
 * @param events in the order in which they are to be told: none, the event itself, or what was missing and then the event
 * @param story what is told then; empty when the room is no more
 */
public record Telling(List<RoomEvent> events, Optional<Story> story) {

    /**
     * Decides.
     *
     * @param story what was told so far; null when nothing was
     */
    public static Telling of(RoomEvent event, @Nullable Story story) {
        return story == null ? begin(event) : goOn(event, story);
    }

    /**
     * Of a room without a story: it is new to whoever listens. Whoever makes one, or opens one, says so first: what else is said of it is of one that was
     * deleted by another node, and that it was is told already.
     */
    private static Telling begin(RoomEvent event) {
        return switch (event.what()) {
            case Created(long clock) -> told(new Story(clock, Optional.empty()), event);
            case Opened(long clock) ->
                told(new Story(clock, Optional.of(event.node())), with(event, new Created(clock)), event);
            case VersionCreated _, LimitHit _ -> new Telling(List.of(event), Optional.empty());
            case Changed _, Closed _, Deleted _, Joined _, Left _ -> new Telling(List.of(), Optional.empty());
        };
    }

    private static Telling goOn(RoomEvent event, Story story) {
        boolean isOpenThere = story.openAt().equals(Optional.of(event.node()));
        return switch (event.what()) {
            case Created _ -> not(story);
            case Opened(long clock) -> isOpenThere ? not(story) : opened(event, clock, story);
            case Changed changed ->
                isOpenThere || story.openAt().isEmpty() ? changed(event, changed, story) : not(story);
            case Closed _ -> isOpenThere ? told(new Story(story.clock(), Optional.empty()), event) : not(story);
            case Deleted deleted -> deleted(event, deleted, story);
            case Joined _, Left _ -> isOpenThere ? told(story, event) : not(story);
            case VersionCreated _, LimitHit _ -> told(story, event);
        };
    }

    private static Telling told(Story then, RoomEvent... events) {
        return new Telling(List.of(events), Optional.of(then));
    }

    private static Telling not(Story story) {
        return new Telling(List.of(), Optional.of(story));
    }

    /**
     * Whoever opens a room knows its clock: what was not told until then was lost with another node. A room whose clock is
     * behind has been set back, by a backup for one.
     */
    private static Telling opened(RoomEvent event, long clock, Story story) {
        List<RoomEvent> events = new ArrayList<>();
        story.openAt().ifPresent(lost -> events.add(lost(event, lost)));
        if (clock != story.clock()) {
            events.add(with(event, missed(story.clock(), clock)));
        }
        events.add(event);
        return new Telling(List.copyOf(events), Optional.of(new Story(clock, Optional.of(event.node()))));
    }

    /**
     * What another node says than the one that has the room open comes too late. What does not go beyond the story is a
     * repetition, unless it says that it goes back from there: the room was set back.
     */
    private static Telling changed(RoomEvent event, Changed changed, Story story) {
        boolean isSetBack = changed.clock() < changed.since();
        if (isSetBack ? changed.since() != story.clock() : changed.clock() <= story.clock()) {
            return not(story);
        }
        Story then = new Story(changed.clock(), story.openAt());
        if (changed.since() == story.clock()) {
            return told(then, event);
        }
        // It begins where the last one has ended; if that is elsewhere than thought, what was counted is not all, or
        // too much.
        return told(
                then,
                with(
                        event,
                        new Changed(story.clock(), changed.clock(), Optional.empty(), changed.by(), Optional.empty())));
    }

    private static Telling deleted(RoomEvent event, Deleted deleted, Story story) {
        OptionalLong ifClock = deleted.ifClock();
        if (ifClock.isPresent() && (story.openAt().isPresent() || ifClock.getAsLong() != story.clock())) {
            return not(story);
        }
        List<RoomEvent> events = new ArrayList<>();
        story.openAt().ifPresent(node -> events.add(lost(event, node)));
        events.add(with(event, new Deleted()));
        return new Telling(List.copyOf(events), Optional.empty());
    }

    private static RoomEvent lost(RoomEvent event, String node) {
        Closed.Why why = node.equals(event.node()) ? Closed.Why.ENDED : Closed.Why.LOST;
        return new RoomEvent(event.roomId(), event.time(), node, new Closed(why));
    }

    private static Changed missed(long since, long clock) {
        return new Changed(since, clock, Optional.empty(), List.of(), Optional.empty());
    }

    private static RoomEvent with(RoomEvent event, Happening what) {
        return new RoomEvent(event.roomId(), event.time(), event.node(), what);
    }
}
