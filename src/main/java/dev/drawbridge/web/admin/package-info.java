/**
 * The admin REST API below {@code /admin/v1}; docs/admin-api.md tells its users what it promises.
 *
 * <p>The rule of this floor: it translates HTTP to {@link dev.drawbridge.host.RoomCommands}, and decides nothing.
 */
@NullMarked
package dev.drawbridge.web.admin;

import org.jspecify.annotations.NullMarked;
