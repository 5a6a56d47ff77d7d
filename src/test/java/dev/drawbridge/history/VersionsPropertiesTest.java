package dev.drawbridge.history;

import org.junit.jupiter.api.DisplayName;

@DisplayName("Versions in memory")
class VersionsPropertiesTest extends VersionsProperties {

    @Override
    protected VersionStore empty() {
        return new InMemoryVersionStore();
    }
}
