/**
 * The door for agents: programs that read boards and draw on them, by the Model Context Protocol.
 *
 * <p>The rule of this floor: it speaks MCP, lets in, and says in words what a model can act on; what is done is done by {@code
 * agents}, {@code history} and {@code host}. A request stands alone: nothing is remembered between two, so that any node answers.
 */
@NullMarked
package dev.drawbridge.web.mcp;

import org.jspecify.annotations.NullMarked;
