/** Events of rooms, as the settings say: where they are kept, and what has them written down. */
@NullMarked
package dev.drawbridge.config.events;

import org.jspecify.annotations.NullMarked;
