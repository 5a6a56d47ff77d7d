package dev.drawbridge.config;

import dev.drawbridge.links.AddressRules;
import dev.drawbridge.links.HostRules;
import dev.drawbridge.links.LinkSettings;
import dev.drawbridge.links.Network;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Previews of links, for which this server fetches pages of the web that its users name.
 *
 * @param enabled whether there are any
 * @param ports the ports that pages are fetched from
 * @param allowedHosts the hosts of which there are previews: {@code example.com}, {@code *.example.com} for all beneath it;
 *     none is every host
 * @param deniedHosts hosts of which there are none, written alike
 * @param allowedNetworks networks that are not public and from which pages are fetched all the same, such as {@code
 *     10.1.0.0/16} for the wiki of an intranet; whoever may ask for previews sees titles and texts of any page there
 * @param timeout how long a fetch may take, with all redirects
 * @param maxSize how much of a page is read
 * @param maxConcurrent how many pages are fetched at once
 * @param maxConcurrentPerClient how many previews an address may wait for at once
 * @param rate how many previews an address may ask for in a minute, where {@code drawbridge.access.mode} lets everybody in
 * @param cacheTtl how long a preview is remembered
 * @param failureTtl how long it is remembered that there is none
 * @param cacheSize how much memory is used for that
 * @param proxy the HTTP proxy that pages are fetched through: {@code host:port}
 * @param userAgent what this server calls itself then
 */
@Validated
@ConfigurationProperties("drawbridge.links")
public record LinksProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue({"80", "443"}) @NotEmpty Set<@NotNull @Min(1) @Max(65535) Integer> ports,
        @DefaultValue List<String> allowedHosts,
        @DefaultValue List<String> deniedHosts,
        @DefaultValue List<String> allowedNetworks,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(seconds = 60)
        Duration timeout,

        @DefaultValue("1MB") @MinSize("16KB") DataSize maxSize,
        @DefaultValue("8") @Min(1) @Max(256) int maxConcurrent,
        @DefaultValue("4") @Min(1) int maxConcurrentPerClient,
        @DefaultValue("60") @Min(1) @Max(1_000_000) int rate,
        @DefaultValue("1h") @DurationMin Duration cacheTtl,
        @DefaultValue("1m") @DurationMin Duration failureTtl,
        @DefaultValue("8MB") @MinSize("0B") DataSize cacheSize,
        @Nullable String proxy,

        @DefaultValue("Drawbridge (link preview)")
        @Pattern(regexp = "[\\x20-\\x7e]+", message = "must be visible ASCII characters")
        String userAgent) {
    private static final DataSize LARGEST = DataSize.ofMegabytes(16);
    private static final String NETWORKS = "drawbridge.links.allowed-networks";
    private static final String PROXY = "drawbridge.links.proxy";

    /** What the engine has to know of it. */
    public LinkSettings toLinkSettings() {
        return new LinkSettings(
                ports,
                hosts(),
                new AddressRules(
                        allowedNetworks.stream().map(LinksProperties::network).toList()),
                timeout,
                size(),
                maxConcurrent,
                maxConcurrentPerClient,
                cacheTtl,
                failureTtl,
                cacheSize.toBytes(),
                proxy == null || proxy.isBlank() ? null : proxyAddress(proxy),
                userAgent);
    }

    private HostRules hosts() {
        hosts("drawbridge.links.allowed-hosts", allowedHosts);
        hosts("drawbridge.links.denied-hosts", deniedHosts);
        return new HostRules(allowedHosts, deniedHosts);
    }

    private static void hosts(String property, List<String> patterns) {
        for (String pattern : patterns) {
            try {
                var _ = new HostRules(List.of(pattern), List.of());
            } catch (IllegalArgumentException e) {
                throw new SettingException(
                        property,
                        pattern,
                        "is not a host",
                        "Write a host without port and path, such as example.com, or *.example.com for all beneath it.");
            }
        }
    }

    private int size() {
        if (maxSize.compareTo(LARGEST) > 0) {
            throw new SettingException(
                    "drawbridge.links.max-size",
                    maxSize.toString(),
                    "is too large",
                    "It may be up to 16MB: what a preview is made of stands at the beginning of a page.");
        }
        return (int) maxSize.toBytes();
    }

    private static Network network(String text) {
        try {
            return Network.of(text);
        } catch (IllegalArgumentException e) {
            throw new SettingException(
                    NETWORKS,
                    text,
                    "is not a network",
                    "Write its first address and the number of its bits, such as 10.1.0.0/16 or fd00:1::/32, or one address.");
        }
    }

    private static InetSocketAddress proxyAddress(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (host.isBlank()
                || host.contains("/")
                || host.contains("@")
                || !port.matches("[0-9]{1,5}")
                || portOf(port) > 65535) {
            throw new SettingException(
                    PROXY, null, "is not a host with a port", "Write it as host:port, without a scheme.");
        }
        return InetSocketAddress.createUnresolved(host, portOf(port));
    }

    private static int portOf(String digits) {
        return Integer.parseInt(digits);
    }
}
