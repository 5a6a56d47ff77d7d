/**
 * Previews of links: a page is fetched from the web, and read.
 *
 * <p>The rule of this floor: a stranger says where it goes, so it goes nowhere but to public addresses, and nothing that is
 * found there can take more than its share of time or memory.
 */
@NullMarked
package dev.drawbridge.links;

import org.jspecify.annotations.NullMarked;
