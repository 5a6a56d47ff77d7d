package dev.drawbridge.web;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;

/** What holds for a management port of its own as well, which knows none of our other filters. */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class ManagementPortConfiguration {

    /** Where our components are known, as at the port for clients, it is one of them. */
    @Bean
    @ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
    UnreadBodyFilter unreadBodyFilter() {
        return new UnreadBodyFilter();
    }
}
