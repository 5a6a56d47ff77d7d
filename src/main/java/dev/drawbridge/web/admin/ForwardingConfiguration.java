package dev.drawbridge.web.admin;

import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.cluster.link.ClusterSecret;
import dev.drawbridge.config.AdminProperties;
import dev.drawbridge.config.ClusterProperties;
import dev.drawbridge.config.ClusterWhenChosen;
import dev.drawbridge.host.NodeIdentity;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** In a cluster, any node answers for any room. */
@Configuration(proxyBeanMethods = false)
@Conditional(ClusterWhenChosen.class)
class ForwardingConfiguration {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** The other node has the same patience with its room and the store; its answer shall come before ours. */
    private static final Duration LONGER = Duration.ofSeconds(5);

    /** Server certificates are trusted as those of links are, if there are any; their names are compared in any case. */
    @Bean(destroyMethod = "shutdownNow")
    HttpClient forwardingClient(ClusterProperties properties, SslBundles bundles) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        String bundle = properties.sslBundle();
        if (bundle != null && !bundle.isBlank()) {
            client.sslContext(bundles.getBundle(bundle).createSslContext());
        }
        return client.build();
    }

    @Bean
    ForwardingSeal forwardingSeal(ClusterSecret secret) {
        return new ForwardingSeal(secret);
    }

    @Bean
    ToTheOwner toTheOwner(
            Cluster cluster,
            ForwardingSeal seal,
            NodeIdentity node,
            Patience patience,
            AdminProperties properties,
            HttpClient forwardingClient) {
        Forwarder forwarder = new Forwarder(
                forwardingClient,
                seal,
                properties.timeout().plus(LONGER),
                properties.maxBodySize().toBytes(),
                System::nanoTime);
        return new ToTheOwner(cluster, node, patience, seal, forwarder);
    }

    @Bean
    WebMvcConfigurer forwarding(ToTheOwner toTheOwner) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(toTheOwner)
                        .addPathPatterns(AdminApi.ROOT + "/rooms/**", AdminApi.OWN_ROOMS + "**");
            }
        };
    }
}
