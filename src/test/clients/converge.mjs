/**
 * Real tldraw clients against a running server: do they all end up with the same board?
 *
 *   node converge.mjs --base ws://127.0.0.1:8080 --seed 1 --out document.json
 *
 * The same seed repeats the same decisions, not the same timing. With --until they go on, when the seconds are over, until a
 * file of that name is there. Exit code 0: they do; 1: they do not.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { complaints } from './browser.mjs';
import { largeRoom } from './large-room.mjs';
import { mixedRoom } from './mixed-room.mjs';

const SCENARIOS = { mixed: mixedRoom, large: largeRoom };

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    mode: { type: 'string', default: 'mixed' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    seconds: { type: 'string', default: '8' },
    until: { type: 'string' },
    versions: { type: 'string', default: '5.4.2,5.2.4,5.0.1,4.5.12,4.2.1' },
    clients: { type: 'string', default: '6' },
    readonly: { type: 'string', default: '1' },
    query: { type: 'string', default: '' },
    'readonly-query': { type: 'string', default: 'readonly=true' },
    out: { type: 'string' },
  },
});
const seed = Number(options.seed);

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(error) {
  say(`FAILED with seed ${seed}: ${error.stack}`);
  for (const [text, times] of complaints) say(`  the clients logged ${times}×: ${text}`);
  process.exit(1);
}

process.on('uncaughtException', fail);

const documents = await SCENARIOS[options.mode]({
  base: options.base,
  room: `${options.mode}-${seed}-${Date.now().toString(36)}`,
  seed,
  seconds: Number(options.seconds),
  until: options.until,
  versions: options.versions.split(','),
  clients: Number(options.clients),
  readers: Number(options.readonly),
  query: options.query,
  readerQuery: options['readonly-query'],
  say,
});
// The reference server itself can fail here: it answers pushes that arrive on a socket it has replaced [§15, §21.3].
if (complaints.size > 0) fail(new Error('a client logged an error'));
if (options.out) {
  const records = Object.values(documents).sort((a, b) => (a.id < b.id ? -1 : 1));
  await writeFile(options.out, JSON.stringify(records, null, 1));
}
process.exit(0);
