package dev.drawbridge.web.mcp;

import dev.drawbridge.agents.Agent;
import dev.drawbridge.agents.AgentException;
import dev.drawbridge.agents.Agents;
import dev.drawbridge.agents.Written;
import dev.drawbridge.agents.board.BoardEdit;
import dev.drawbridge.agents.board.Pointing;
import dev.drawbridge.config.McpProperties;
import dev.drawbridge.config.agents.CallOutcome;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.room.Rights;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What agents change, and where they are seen: as who they are, with the rights that they have now. */
@Component
@McpWhenEnabled
class Works {
    private static final Logger log = LoggerFactory.getLogger(Works.class);
    private static final int MOST_NAMED = 20;

    /** They have the same patience with a room, and know more to say. */
    private static final Duration LONGER = Duration.ofSeconds(2);

    private final Agents agents;
    private final Duration patience;

    Works(Agents agents, McpProperties properties) {
        this.agents = agents;
        this.patience = properties.timeout().plus(LONGER);
    }

    /** The agent that a call is made by: called after the person it works for, if that is known. */
    static Agent agent(AgentSession session, Allowed allowed) {
        String user = allowed.userName();
        return new Agent(
                session.key(),
                Optional.ofNullable(allowed.userId()),
                user == null || user.isBlank() ? session.client() : AgentSession.tidy(user) + "'s " + session.client());
    }

    /**
     * Makes a change of the board that is called for, and tells of it.
     *
     * @param done what was done, in words
     */
    String write(Call call, BoardEdit edit, String done) throws ToolFailure {
        Allowed allowed = call.allowed();
        Written written = written(agents.write(
                call.board(),
                agent(call.session(), allowed),
                new Rights(allowed.permission() != Permission.EDIT, allowed.objects()),
                edit));
        StringBuilder text =
                new StringBuilder(done).append("\nThe board is at clock ").append(written.documentClock());
        written.before().ifPresent(version -> text.append(". What was there before your first change is version ")
                .append(version.text()));
        if (!written.passedOver().isEmpty()) {
            text.append(". These were so already, or may not be written by you: ")
                    .append(some(written.passedOver()));
        }
        return text.append('.').toString();
    }

    /** Shows where an agent looks at. */
    void look(Call call, Pointing at) {
        Allowed allowed = call.allowed();
        agents.look(
                call.board(),
                agent(call.session(), allowed),
                new Rights(allowed.permission() != Permission.EDIT, allowed.objects()),
                at);
    }

    /** Lets an agent go. */
    void leave(AgentSession session) {
        agents.leave(new Agent(session.key(), Optional.empty(), session.client()));
    }

    private static String some(List<String> ids) {
        String named = String.join(", ", ids.subList(0, Math.min(MOST_NAMED, ids.size())));
        return ids.size() <= MOST_NAMED ? named : named + " and " + (ids.size() - MOST_NAMED) + " others";
    }

    private Written written(CompletionStage<Written> stage) throws ToolFailure {
        try {
            return stage.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof AgentException failure ? failure(failure) : unexpected(e);
        } catch (TimeoutException e) {
            throw new ToolFailure(
                    CallOutcome.UNAVAILABLE,
                    "The board did not answer within " + patience.toSeconds()
                            + " s. Whether it was done is unknown: read the board before you try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolFailure(
                    CallOutcome.UNAVAILABLE,
                    "The server is shutting down. Whether it was done is unknown: read the board before you try again.");
        }
    }

    private static ToolFailure unexpected(ExecutionException e) {
        log.error("A board failed at an agent's change", e.getCause());
        return new ToolFailure(CallOutcome.FAILED, "The server failed at this. Its log tells more.");
    }

    private static ToolFailure failure(AgentException failure) {
        String why = String.valueOf(failure.getMessage());
        return switch (failure) {
            case AgentException.NoSuchRoom _ -> ToolFailure.invalid(why);
            case AgentException.Invalid _ -> ToolFailure.invalid("Nothing was done. " + why);
            case AgentException.Discarded _ -> ToolFailure.invalid("Nothing was done. " + why);
            case AgentException.LimitReached _ -> ToolFailure.invalid("Nothing was done. " + why);
            case AgentException.NotAllowed notAllowed ->
                new ToolFailure(
                        CallOutcome.REFUSED,
                        "Refused: " + notAllowed.reason().text()
                                + (why.equals(notAllowed.reason().text()) ? "" : ". " + why));
            case AgentException.RoomFull _ -> later("Nothing was done. " + why);
            case AgentException.Busy _ -> later("Nothing was done. " + why);
            case AgentException.Unavailable _ -> later("Nothing was done. " + why);
            case AgentException.Unknown _ ->
                new ToolFailure(CallOutcome.UNAVAILABLE, why + ". Read the board before you try again.");
        };
    }

    private static ToolFailure later(String why) {
        return new ToolFailure(CallOutcome.UNAVAILABLE, why + ". Try again in a few seconds.");
    }
}
