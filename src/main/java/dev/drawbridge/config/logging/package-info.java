/**
 * What stands between the program and its log.
 *
 * <p>The rule of this package: whatever is logged, by whomever and into whatever, is one line of bounded length, and the
 * program's own lines only say what it has to say. Reasons are short and quoted where they are made
 * ({@link dev.drawbridge.json.Quoted}); this is for what was forgotten there, and for the libraries.
 */
@NullMarked
package dev.drawbridge.config.logging;

import org.jspecify.annotations.NullMarked;
