/**
 * How Redis is connected to, asked and understood, whatever is kept in it: one server, Sentinel or a Cluster.
 *
 * <p>The rule of this floor: it knows no key; a command that may have been carried out is never sent again by the driver.
 */
@NullMarked
package dev.drawbridge.redis;

import org.jspecify.annotations.NullMarked;
