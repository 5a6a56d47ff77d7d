package dev.drawbridge.config;

import dev.drawbridge.store.StoreException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A store that cannot be used at start is said in a few lines, not in sixty. Registered in {@code spring.factories}. */
class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, StoreException cause) {
        return new FailureAnalysis(cause.getMessage(), "Nothing was changed. docs/stores.md tells more.", cause);
    }
}
