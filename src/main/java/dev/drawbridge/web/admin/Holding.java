package dev.drawbridge.web.admin;

import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.json.JsonStream;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** What one request holds of the memory that there is for imports. It is used by one thread at a time. */
public final class Holding implements JsonStream.Meter {
    private final ByteBudget budget;
    private long held;

    Holding(ByteBudget budget) {
        this.budget = budget;
    }

    /** One of the request that is being handled, given back when it has been answered. */
    public static Holding whileRequestLasts(ByteBudget budget) {
        Holding holding = new Holding(budget);
        RequestContextHolder.currentRequestAttributes()
                .registerDestructionCallback(
                        Holding.class.getName(), holding::giveBack, RequestAttributes.SCOPE_REQUEST);
        return holding;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a virtual thread that computes keeps its core until it says so
    public void hold(long bytes) {
        if (held + bytes > budget.most()) {
            throw new ProblemException(
                    ProblemType.PAYLOAD_TOO_LARGE,
                    "The body takes more memory than this server has for bodies: " + budget.most()
                            + " bytes, an eighth of its heap");
        }
        if (!budget.tryTake(bytes)) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "Other requests have large bodies at the moment. Nothing was changed");
        }
        held += bytes;
        // Reading a large body is work without a pause, on a thread that shares its core with those of other requests.
        Thread.yield();
    }

    @Override
    public void release(long bytes) {
        budget.giveBack(bytes);
        held -= bytes;
    }

    /** The request is over. */
    void giveBack() {
        release(held);
    }
}
