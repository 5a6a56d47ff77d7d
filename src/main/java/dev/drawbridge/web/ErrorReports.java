package dev.drawbridge.web;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What never gets as far as a controller is answered by the container: with a status, and no page of its own. */
@Configuration(proxyBeanMethods = false)
class ErrorReports {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noErrorPages() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(None.class.getName());
            }
        });
    }

    /** Reports nothing. The container makes it by its name. */
    public static final class None extends ErrorReportValve {

        @Override
        protected void report(Request request, Response response, @Nullable Throwable error) {
            response.setErrorReported(); // the next one has nothing to report either
        }
    }
}
