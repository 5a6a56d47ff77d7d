/**
 * Opens a .tldr file as tldraw does, and says as JSON what it has found:
 *
 *   node open-file.mjs FILE
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

globalThis.TLDRAW_LIBRARY_IS_BUILD = true;
const require = createRequire(import.meta.url);
const { parseTldrawJsonFile, createTLSchema } = require('tldraw');

const result = parseTldrawJsonFile({ schema: createTLSchema(), json: readFileSync(process.argv[2], 'utf8') });
if (!result.ok) {
  console.error(result.error);
  process.exit(1);
}
console.log(`RECORDS ${JSON.stringify(result.value.serialize('document'))}`);
process.exit(0);
