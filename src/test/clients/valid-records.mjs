/**
 * Whether the real package takes records, and whether each names only records that are there.
 *
 *   node valid-records.mjs records.json      (a JSON array)
 */
import './browser.mjs';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { NEWEST } from './versions.mjs';

const here = createRequire(import.meta.url);
const { createTLSchema } = createRequire(here.resolve(`sync-core-${NEWEST}`))('@tldraw/tlschema');
const { types } = createTLSchema();

const records = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const ids = new Set(records.map(({ id }) => id));
for (const record of records) {
  types[record.typeName].validate(record);
  for (const reference of ['parentId', 'fromId', 'toId']) {
    if (record[reference] && !ids.has(record[reference])) {
      throw new Error(`${record.id} has the ${reference} ${record[reference]}, which is not there`);
    }
  }
}
console.log(`${records.length} records of ${new Set(records.map(({ type }) => type)).size} kinds are valid in ${NEWEST}`);
