/** What the simulations share: time, what people do to a whiteboard, how their clients see it, and what was promised to them. */
@NullMarked
package dev.drawbridge.simulation;

import org.jspecify.annotations.NullMarked;
