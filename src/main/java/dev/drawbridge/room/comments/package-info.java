/**
 * Who may write which of tldraw's comments. Its one rule: what is somebody's stays theirs, and says so by the server's word.
 */
@NullMarked
package dev.drawbridge.room.comments;

import org.jspecify.annotations.NullMarked;
