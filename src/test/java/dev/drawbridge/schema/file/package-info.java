@NullMarked
package dev.drawbridge.schema.file;

import org.jspecify.annotations.NullMarked;
