/**
 * Reads descriptions of types that somebody else has made ({@code docs/types.md}, {@code drawbridge-types.schema.json}) and
 * adds them to tldraw's own.
 *
 * <p>The rule of this package: it takes names and bytes, and gives a schema or a {@link
 * dev.drawbridge.schema.file.SchemaFileException} that says where and what is wrong, and never anything else, however large,
 * deep or strange the bytes are. Reading takes time in proportion to them.
 */
@NullMarked
package dev.drawbridge.schema.file;

import org.jspecify.annotations.NullMarked;
