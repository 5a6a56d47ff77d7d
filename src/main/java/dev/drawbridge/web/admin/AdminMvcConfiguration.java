package dev.drawbridge.web.admin;

import dev.drawbridge.config.AdminApiProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Has the bodies of the admin API read and written by us, before Jackson is asked. */
@Configuration(proxyBeanMethods = false)
class AdminMvcConfiguration implements WebMvcConfigurer {
    private final AdminApiProperties properties;

    AdminMvcConfiguration(AdminApiProperties properties) {
        this.properties = properties;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.addCustomConverter(new BodyReader((int) properties.maxBodySize().toBytes()))
                .addCustomConverter(new SnapshotWriter());
    }
}
