package dev.drawbridge.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Where the container sends what nobody else has answered. For who asks for it like a page it is not there. */
@Controller
class ErrorPage implements ErrorController {

    @RequestMapping("/error")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpStatus status = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
                .map(code -> HttpStatus.resolve((Integer) code))
                .filter(HttpStatus::isError)
                .orElse(HttpStatus.NOT_FOUND);
        ProblemAnswer.write(
                response,
                status,
                "about:blank",
                status.is5xxServerError() ? "The log of the server tells more" : "Nothing here can answer that");
    }
}
