package dev.drawbridge.web.admin;

import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.NodeMemory;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** Memory for what is read to answer a request: of the same budget as bodies are, given back when it is answered. */
@Component
public class Loans {
    private final NodeMemory memory;

    Loans(NodeMemory memory) {
        this.memory = memory;
    }

    /** One for a part of what a request reads: whoever gets it closes it. */
    public ByteLoan ofAPart() {
        return new ByteLoan(memory.imports());
    }

    /** One for the request that is being handled. */
    ByteLoan ofRequest() {
        ByteLoan loan = new ByteLoan(memory.imports());
        RequestContextHolder.currentRequestAttributes()
                .registerDestructionCallback(ByteLoan.class.getName(), loan::close, RequestAttributes.SCOPE_REQUEST);
        return loan;
    }
}
