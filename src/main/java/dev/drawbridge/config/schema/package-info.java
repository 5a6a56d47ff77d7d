/** The schema of the rooms, as the settings say: which types there are, and who runs their migrations that are code. */
@NullMarked
package dev.drawbridge.config.schema;

import org.jspecify.annotations.NullMarked;
