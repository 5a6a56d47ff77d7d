package dev.drawbridge.room;

import dev.drawbridge.protocol.ClientMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is being decided elsewhere: each push about which somebody has been asked, and nothing of it has been made real. */
final class Questions {
    private final Map<Long, Session> asked = new HashMap<>();
    private long last;

    /** A push that waits for verdicts. */
    record Question(long number, ClientMessage.Push push, Decisions decisions) {}

    /** Has somebody asked what is open; the session waits, and what its client says meanwhile is held. */
    void ask(Session session, ClientMessage.Push push, Decisions decisions, List<Effect> effects) {
        Question question = new Question(++last, push, decisions);
        asked.put(question.number, session);
        session.waitsFor(question);
        effects.add(new Effect.Ask(question.number, session.connection(), session.author(), decisions.open()));
    }

    /** Whose question has been answered; empty when it has been already, or when nobody waits for the answer any more. */
    Optional<Session> answered(long number) {
        return Optional.ofNullable(asked.remove(number)).filter(session -> session.question()
                .filter(question -> question.number == number)
                .isPresent());
    }
}
