package dev.drawbridge.web.mcp;

import dev.drawbridge.config.McpProperties;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.web.admin.Patience;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/** What bounds each call: how long it may wait, and how much it may say. */
@Component
@McpWhenEnabled
class CallBounds {
    private final Patience patience;
    private final int characters;

    CallBounds(McpProperties properties) {
        this.patience = new Patience(properties.timeout());
        this.characters = properties.maxResult();
    }

    <T> T await(CompletionStage<T> answer) throws RoomCommandException {
        return patience.await(answer);
    }

    int characters() {
        return characters;
    }

    /** An empty answer. */
    Lines lines() {
        return new Lines(characters);
    }
}
