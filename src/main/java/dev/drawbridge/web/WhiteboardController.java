package dev.drawbridge.web;

import dev.drawbridge.config.AssetsProperties;
import dev.drawbridge.config.LinksProperties;
import dev.drawbridge.config.WhiteboardProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** The whiteboard's page. Which room it shows is in its URL, and the page's own business. */
@Controller
@ConditionalOnBooleanProperty(name = "drawbridge.whiteboard.enabled", matchIfMissing = true)
class WhiteboardController {
    private static final String PAGE = "forward:/index.html";
    private static final String HOW_TO_GET_IT = "forward:/whiteboard-missing.html";

    private final WhiteboardProperties properties;
    private final AssetsProperties assets;
    private final LinksProperties links;

    WhiteboardController(WhiteboardProperties properties, AssetsProperties assets, LinksProperties links) {
        this.properties = properties;
        this.assets = assets;
        this.links = links;
    }

    /** The page is not there when the server was built without Node. */
    @GetMapping({"/", "/r/{roomId}"})
    String page() {
        return new ClassPathResource("static/index.html").exists() ? PAGE : HOW_TO_GET_IT;
    }

    /** What the page has to know of the server. */
    @GetMapping("/whiteboard.json")
    @ResponseBody
    PageSettings settings() {
        return new PageSettings(properties.licenseKey(), assets.type() != AssetsProperties.Type.NONE, links.enabled());
    }

    /**
     * What the page is told.
     *
     * @param uploads whether images and videos are kept beside the rooms, or else in them
     * @param linkPreviews whether links can be looked at
     */
    record PageSettings(@Nullable String licenseKey, boolean uploads, boolean linkPreviews) {}
}
