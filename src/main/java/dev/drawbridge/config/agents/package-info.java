/** Agents, as the settings say: whether there is a door for them, and who is told of what they do. */
@NullMarked
package dev.drawbridge.config.agents;

import org.jspecify.annotations.NullMarked;
