package dev.drawbridge.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.config.AccessProperties;
import dev.drawbridge.config.AssetsProperties;
import dev.drawbridge.config.WhiteboardProperties;
import dev.drawbridge.history.VersionStore;
import dev.drawbridge.security.LinkTokens;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the console's page has to know of the server before anybody has said who they are. */
@RestController
@ConditionalOnBooleanProperty(name = "drawbridge.console.enabled", matchIfMissing = true)
class ConsoleSettingsController {
    private static final String OWN_CHECK = "custom";

    private final ConsoleSettings settings;

    /**
     * @param versions empty where no versions are kept
     * @param links empty where a bean of the team's own decides who may enter
     */
    ConsoleSettingsController(
            WhiteboardProperties whiteboard,
            AssetsProperties assets,
            AccessProperties access,
            Optional<VersionStore> versions,
            Optional<LinkTokens> links) {
        this.settings = new ConsoleSettings(
                whiteboard.licenseKey(),
                versions.isPresent(),
                assets.type() != AssetsProperties.Type.NONE,
                links.filter(each -> !(each instanceof LinkTokens.NotPossible)).isPresent(),
                links.isEmpty() ? OWN_CHECK : access.mode().name().toLowerCase(Locale.ROOT));
    }

    @GetMapping("/console.json")
    ConsoleSettings settings() {
        return settings;
    }

    /**
     * What the page is told.
     *
     * @param licenseKey the tldraw license key, which every page that uses it shows
     * @param history whether versions of rooms are kept
     * @param assets whether images and videos are kept beside the rooms, or else in them
     * @param links whether links into rooms can be made
     * @param access how it is decided who may enter a room
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ConsoleSettings(
            @Nullable String licenseKey, boolean history, boolean assets, boolean links, String access) {}
}
