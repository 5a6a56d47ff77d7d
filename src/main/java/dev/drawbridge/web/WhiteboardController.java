package dev.drawbridge.web;

import dev.drawbridge.config.WhiteboardProperties;
import java.util.Collections;
import java.util.Map;
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

    WhiteboardController(WhiteboardProperties properties) {
        this.properties = properties;
    }

    /** The page is not there when the server was built without Node. */
    @GetMapping({"/", "/r/{roomId}"})
    String page() {
        return new ClassPathResource("static/index.html").exists() ? PAGE : HOW_TO_GET_IT;
    }

    /** What the page has to know of the server. */
    @GetMapping("/whiteboard.json")
    @ResponseBody
    Map<String, @Nullable String> settings() {
        return Collections.singletonMap("licenseKey", properties.licenseKey());
    }
}
