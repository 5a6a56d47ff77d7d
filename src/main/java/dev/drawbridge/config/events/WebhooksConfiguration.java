package dev.drawbridge.config.events;

import dev.drawbridge.config.EventsProperties;
import dev.drawbridge.config.ServerVersion;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.config.WebhooksProperties;
import dev.drawbridge.events.AppendListener;
import dev.drawbridge.events.EventFormat;
import dev.drawbridge.events.EventQueues;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.hooks.Hooks;
import dev.drawbridge.events.hooks.HttpDelivery;
import dev.drawbridge.events.hooks.OneThread;
import dev.drawbridge.events.hooks.WebhookObserver;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.NodeIdentity;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what calls webhooks. */
@Configuration(proxyBeanMethods = false)
class WebhooksConfiguration {

    /** What is set in vain would be missed only when it is needed. */
    WebhooksConfiguration(EventsProperties events, WebhooksProperties webhooks) {
        if (!events.enabled() && !webhooks.webhooks().isEmpty()) {
            throw new SettingException(
                    "drawbridge.events.enabled",
                    "false",
                    "is set, and there are webhooks",
                    "Leave it out, or the webhooks.");
        }
    }

    /** What calls webhooks, where there are events at all. */
    @Configuration(proxyBeanMethods = false)
    @EventsWhenEnabled
    static class Calls {

        @Bean
        HttpDelivery webhookDelivery(ServerVersion version, InstantSource clock) {
            return new HttpDelivery("Drawbridge/" + version.text(), clock);
        }

        @Bean
        Hooks hooks(
                WebhooksProperties properties,
                EventStore store,
                NodeIdentity node,
                HostClock clock,
                HttpDelivery delivery,
                WebhookObserver observer) {
            return new Hooks(
                    properties.toWebhooks(),
                    store,
                    node.id(),
                    clock,
                    new SecureRandom(),
                    delivery,
                    EventFormat::outside,
                    webhook -> new OneThread("webhook-" + webhook.name()),
                    observer);
        }

        @Bean
        EventQueues eventQueues(Hooks hooks) {
            return hooks.asQueues();
        }

        @Bean
        AppendListener webhookListener(Hooks hooks) {
            return hooks::appended;
        }
    }
}
