package dev.drawbridge.web.mcp;

import dev.drawbridge.config.McpProperties;
import dev.drawbridge.config.agents.CallObserver;
import dev.drawbridge.config.agents.CallOutcome;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.LogFields;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.room.RoomId;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.web.admin.Audit;
import dev.drawbridge.web.admin.Loans;
import dev.drawbridge.web.admin.Problem;
import dev.drawbridge.web.admin.ProblemType;
import dev.drawbridge.web.admin.Problems;
import dev.drawbridge.web.admin.ToTheOwner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Where tools are called: arguments are read, who calls is let in, the tool is run here or by the node that has the board, and
 * whatever comes of it becomes words. Who changes something is noted: of operators in {@link Audit}, of everybody in the log.
 */
@Component
@McpWhenEnabled
class ToolDesk {
    private static final Logger log = LoggerFactory.getLogger("dev.drawbridge.agents");
    private static final String CUT = "\n… cut off here: ask for less";

    private final Admission admission;
    private final ObjectProvider<ToTheOwner> owners;
    private final Loans loans;
    private final Audit audit;
    private final CallObserver observer;
    private final InstantSource clock;
    private final int longest;

    ToolDesk(
            Admission admission,
            ObjectProvider<ToTheOwner> owners,
            Loans loans,
            Audit audit,
            CallObserver observer,
            InstantSource clock,
            McpProperties properties) {
        this.admission = admission;
        this.owners = owners;
        this.loans = loans;
        this.audit = audit;
        this.observer = observer;
        this.clock = clock;
        // A tool leaves off where that makes sense. This is for what nobody has thought of.
        this.longest = 2 * properties.maxResult();
    }

    /** What a model is told. */
    record Answer(String text, boolean isError) {}

    /** Empty when another node has answered. */
    Optional<Answer> call(Tool tool, Exchange exchange) {
        Instant time = clock.instant();
        long start = System.nanoTime();
        Optional<String> board = Optional.ofNullable(exchange.arguments().string(Parameter.BOARD))
                .flatMap(RoomId::of);
        try (var _ = MDC.putCloseable(LogFields.ROOM, board.orElse(null));
                var _ = MDC.putCloseable(LogFields.SESSION, exchange.session().key())) {
            Answer answer;
            CallOutcome outcome;
            try {
                Optional<String> text = done(tool, exchange);
                if (text.isEmpty()) {
                    return Optional.empty();
                }
                answer = new Answer(bounded(text.get()), false);
                outcome = CallOutcome.OK;
            } catch (ToolFailure e) {
                answer = new Answer(bounded(e.text()), true);
                outcome = e.outcome();
            }
            observer.called(tool.card().name(), outcome, Duration.ofNanos(System.nanoTime() - start));
            if (tool.card().changes() != Tool.Changes.NOTHING) {
                note(tool, board, exchange, time, outcome);
            }
            return Optional.of(answer);
        }
    }

    private String bounded(String text) {
        return text.length() <= longest ? text : text.substring(0, longest) + CUT;
    }

    /** @return empty when another node has answered */
    private Optional<String> done(Tool tool, Exchange exchange) throws ToolFailure {
        Arguments arguments = tool.card().input().read(exchange.arguments());
        Allowed allowed = admission.admit(exchange.guest(), tool.card().right(), arguments);
        try (ByteLoan loan = loans.ofAPart()) {
            if (isAnsweredByOwner(tool, arguments, exchange)) {
                return Optional.empty();
            }
            return Optional.of(tool.call(new Call(arguments, exchange.guest(), allowed, exchange.session(), loan)));
        } catch (RoomCommandException.OwnedElsewhere e) {
            return again(tool, arguments, exchange, e);
        } catch (RoomCommandException | RuntimeException e) {
            throw failure(tool, e);
        }
    }

    /** The board has gone to another node just now. */
    private Optional<String> again(
            Tool tool, Arguments arguments, Exchange exchange, RoomCommandException.OwnedElsewhere elsewhere)
            throws ToolFailure {
        try {
            if (isAnsweredByOwner(tool, arguments, exchange)) {
                return Optional.empty();
            }
        } catch (RoomCommandException | RuntimeException e) {
            throw failure(tool, e);
        }
        throw failure(tool, elsewhere);
    }

    private boolean isAnsweredByOwner(Tool tool, Arguments arguments, Exchange exchange) throws RoomCommandException {
        ToTheOwner others = owners.getIfAvailable();
        if (others == null || tool.card().place() != Tool.Place.AT_THE_BOARD) {
            return false;
        }
        try {
            boolean isAnswered =
                    others.answers(arguments.needed(Parameter.BOARD), exchange.request(), exchange.response(), true);
            exchange.isAnswered().set(isAnswered);
            return isAnswered;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ToolFailure failure(Tool tool, Exception exception) {
        Problem problem = Problems.of(exception);
        if (problem.type() == ProblemType.INTERNAL) {
            log.error("{} failed", tool.card().name(), exception);
            return new ToolFailure(CallOutcome.FAILED, "The server failed at this. Its log tells more.");
        }
        boolean isLater = problem.type() == ProblemType.UNAVAILABLE;
        return new ToolFailure(
                isLater ? CallOutcome.UNAVAILABLE : CallOutcome.INVALID,
                problem.detail() + (isLater ? ". Try again in a few seconds." : ""));
    }

    private void note(Tool tool, Optional<String> board, Exchange exchange, Instant time, CallOutcome outcome) {
        log.atInfo()
                .addKeyValue("tool", tool.card().name())
                .addKeyValue("outcome", outcome)
                .log(
                        "{}: {}, by {}",
                        tool.card().name(),
                        outcome,
                        exchange.session().client());
        if (exchange.guest() instanceof Guest.Operator) {
            audit.add(new Audit.Entry(
                    time,
                    "POST",
                    McpDoor.PATH + " " + tool.card().name(),
                    board,
                    status(outcome).value(),
                    exchange.request().getRemoteAddr()));
        }
    }

    /** The one that the admin API would have answered with. */
    private static HttpStatus status(CallOutcome outcome) {
        return switch (outcome) {
            case OK -> HttpStatus.OK;
            case INVALID -> HttpStatus.UNPROCESSABLE_CONTENT;
            case REFUSED -> HttpStatus.FORBIDDEN;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }
}
