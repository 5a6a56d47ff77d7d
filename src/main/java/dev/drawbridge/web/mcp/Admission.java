package dev.drawbridge.web.mcp;

import dev.drawbridge.config.agents.CallOutcome;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.HostReason;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.BearerLogin;
import dev.drawbridge.security.CallerAccess;
import dev.drawbridge.security.CallerDecision;
import dev.drawbridge.security.HistoryAccess;
import dev.drawbridge.security.Permission;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Says what who calls a tool may do, as for a person who wants to enter the board. */
@Component
@McpWhenEnabled
class Admission {
    private static final Logger log = LoggerFactory.getLogger(Admission.class);

    private static final Allowed EVERYTHING =
            new Allowed(Permission.EDIT, ObjectAccess.WRITE, HistoryAccess.RESTORE, null, null, null);
    private static final Allowed NOTHING =
            new Allowed(Permission.VIEW, ObjectAccess.READ, HistoryAccess.NONE, null, null, null);

    private final CallerAccess access;
    private final BearerLogin login;

    Admission(CallerAccess access, BearerLogin login) {
        this.access = access;
        this.login = login;
    }

    Allowed admit(Guest guest, Right right, Arguments arguments) throws ToolFailure {
        if (!(guest instanceof Guest.User user)) {
            return EVERYTHING;
        }
        return switch (right) {
            case Right.Anybody() -> NOTHING;
            case Right.Operators() -> {
                isToldApart(user);
                throw new ToolFailure(
                        CallOutcome.REFUSED, "This is for operators: it needs the admin token of the server.");
            }
            case Right.InTheBoard(Permission needed) -> {
                String board = arguments.needed(Parameter.BOARD);
                yield entered(
                        user,
                        board,
                        access.decide(user.caller(), Optional.of(board), needed),
                        needed == Permission.EDIT ? "change it" : "see it");
            }
            case Right.WithThePast(HistoryAccess needed) -> {
                String board = arguments.needed(Parameter.BOARD);
                yield entered(
                        user,
                        board,
                        access.decide(user.caller(), board, needed),
                        needed == HistoryAccess.READ ? "see its versions" : "make and restore its versions");
            }
        };
    }

    /** What was said to this one would not be said to an operator. */
    void isToldApart(Guest.User user) {
        if (user.mayBeGuessing()) {
            login.wasToldApart(user.caller().remoteAddress());
        }
    }

    private Allowed entered(Guest.User user, String board, CallerDecision decision, String wanted) throws ToolFailure {
        return switch (decision) {
            case CallerDecision.Granted(Optional<String> _, Allowed who) -> who;
            case CallerDecision.Refused(CloseReason reason, String why) -> {
                log.debug("{}: refused: {}: {}", user.caller(), reason, why);
                isToldApart(user);
                throw new ToolFailure(CallOutcome.REFUSED, words(reason, board, wanted));
            }
            case CallerDecision.Unavailable(String why) -> {
                log.warn("{}: told to come back later: {}", user.caller(), why);
                throw new ToolFailure(
                        CallOutcome.UNAVAILABLE,
                        "It cannot be told now who may do this. Nothing was done; try again in a few seconds.");
            }
            case CallerDecision.TooOften _, CallerDecision.NameTheRoom _ ->
                throw new IllegalStateException("a board was named, and nothing is counted");
        };
    }

    /** The same reason that a person would be shown. */
    private static String words(CloseReason reason, String board, String wanted) {
        return switch (reason) {
            case HostReason(String text) -> "Refused: " + text;
            case RefusalReason.NOT_AUTHENTICATED ->
                "Refused: NOT_AUTHENTICATED. The board " + board
                        + " needs a token that is good: Authorization: Bearer.";
            case RefusalReason.FORBIDDEN ->
                "Refused: FORBIDDEN. The token that came along does not let its bearer into the board " + board + " to "
                        + wanted + ".";
            case RefusalReason other -> "Refused: " + other.text();
        };
    }
}
