/**
 * The admin REST API below {@code /admin/v1}; docs/admin-api.md tells its users what it promises. What users may ask of their
 * rooms, below {@code /rooms}, is answered by the same means; docs/history.md tells of it.
 *
 * <p>The rule of this floor: it translates HTTP to {@link dev.drawbridge.host.RoomCommands} and {@link
 * dev.drawbridge.history.Versions}, and decides nothing.
 */
@NullMarked
package dev.drawbridge.web.admin;

import org.jspecify.annotations.NullMarked;
