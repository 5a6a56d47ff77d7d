package dev.drawbridge.web;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The console's page, for those who operate the server. It knows nothing by itself: what it shows it asks of the admin API,
 * with the token that is typed there. Which of its pages is shown is in its URL, and the page's own business.
 */
@Controller
@ConditionalOnBooleanProperty(
        name = {"drawbridge.console.enabled", "drawbridge.admin.enabled"},
        matchIfMissing = true)
class ConsoleController {
    private static final String PAGE = "forward:/console/index.html";
    private static final String HOW_TO_GET_IT = "forward:/whiteboard-missing.html";

    /** The page is not there when the server was built without Node. */
    @GetMapping({"/console", "/console/", "/console/boards", "/console/boards/{roomId}", "/console/server"})
    String page() {
        return new ClassPathResource("static/console/index.html").exists() ? PAGE : HOW_TO_GET_IT;
    }
}
