/** How services of a team are asked: for a limited time, so many at once, and nowhere else than where the settings say. */
@NullMarked
package dev.drawbridge.config.service;

import org.jspecify.annotations.NullMarked;
