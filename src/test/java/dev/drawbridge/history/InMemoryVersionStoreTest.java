package dev.drawbridge.history;

/** Versions in memory, as tests use them. */
class InMemoryVersionStoreTest extends VersionStoreContract {
    private final InMemoryVersionStore home = new InMemoryVersionStore();

    @Override
    protected VersionStore openStore() {
        return home;
    }
}
