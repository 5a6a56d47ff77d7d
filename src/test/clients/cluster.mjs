/**
 * Real tldraw clients in the rooms of several servers, for as long as somebody does things to these servers.
 *
 *   node cluster.mjs --base ws://127.0.0.1:8080 --rooms 3 --clients 4 --token …
 *
 * Reads commands from its input, a line each, and answers each with one line that begins with `= `:
 *
 *   mark [time]      something has happened to the servers at that time (milliseconds since 1970; now)
 *   back             waits until what everybody draws is confirmed and seen, and tells how it went since the mark
 *   settle [lossy]   stops editing until all see the same and what is stored is the same; nothing confirmed may be missing
 *   edit             goes on editing
 *   stop
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { complaints } from './browser.mjs';
import { Crowd } from './crowd.mjs';

const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    token: { type: 'string' },
    rooms: { type: 'string', default: '3' },
    clients: { type: 'string', default: '4' },
    version: { type: 'string', default: '5.4.2' },
    pace: { type: 'string', default: '100' },
    prefix: { type: 'string', default: 'cluster' },
  },
});

function say(line) {
  process.stdout.write(`${line}\n`);
}

function fail(error) {
  say(`FAILED: ${error.stack}`);
  for (const [text, times] of complaints) say(`  the clients logged ${times}×: ${text}`);
  process.exit(1);
}

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

const crowd = new Crowd({
  ...options,
  rooms: Number(options.rooms),
  clients: Number(options.clients),
  pace: Number(options.pace),
});
const COMMANDS = {
  mark: (time) => crowd.mark(time ? Number(time) : Date.now()),
  back: () => crowd.back(),
  settle: (lossy) => crowd.settle(lossy === 'lossy'),
  edit: () => crowd.goOn(),
  stop: () => crowd.stop(),
};

await crowd.join();
say('= {}');
for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...parameters] = line.trim().split(' ');
  say(`= ${JSON.stringify((await COMMANDS[command](...parameters)) ?? {})}`);
  if (command === 'stop') break;
}
if (complaints.size > 0) fail(new Error('a client logged an error'));
process.exit(0);
