/** The past of rooms, as the settings say: where versions are kept, when one is made, and how long they stay. */
@NullMarked
package dev.drawbridge.config.history;

import org.jspecify.annotations.NullMarked;
