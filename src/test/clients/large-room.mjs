import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { freshClients } from './fresh-clients.mjs';
import { Link } from './link.mjs';
import { Random } from './random.mjs';
import { richText, shape } from './records.mjs';
import { RoomClient } from './room-client.mjs';
import { roomUrl } from './room-url.mjs';
import { until } from './until.mjs';
import { NEWEST } from './versions.mjs';

const PUSHES = 3;
const SHAPES_A_PUSH = 1000;
const CHUNKED_FROM = 262_144; // UTF-16 units of a message [§2]

/** A client fills a room with pushes that go in chunks, once over a connection that breaks; who joins has it all. */
export async function largeRoom(run) {
  const random = new Random(run.seed, 0);
  const link = await Link.to(run.base);
  const url = roomUrl(link.base, run.room, 'author', run.query);
  const author = new RoomClient({ name: 'author', version: NEWEST, link, url });
  await until('the author has joined', 20, () => author.unfinished);

  for (let push = 0; push < PUSHES; push++) {
    const shapes = Array.from({ length: SHAPES_A_PUSH }, (_, i) => someShape(`${push}-${i}`, random));
    assert.ok(JSON.stringify(shapes).length > CHUNKED_FROM, 'a push is large enough to be chunked');
    author.edit(() => author.put(...shapes));
    if (push === 1) await breakSoon(link, random);
    await until('the push is answered', 60, () => author.unfinished);
    run.say(`pushed ${SHAPES_A_PUSH} shapes${push === 1 ? ' over a connection that broke' : ''}`);
  }

  const fresh = await freshClients(run);
  for (const client of fresh.values()) {
    assert.equal(client.records('shape').length, PUSHES * SHAPES_A_PUSH, `${client.name} has every shape`);
  }
  const newest = fresh.get(NEWEST);
  assert.deepEqual(newest.differencesFrom(author.documents), []);
  const { documents } = newest;
  run.say(`joined: ${[...fresh.keys()].join(', ')} have all ${PUSHES * SHAPES_A_PUSH} shapes`);

  for (const client of [author, ...fresh.values()]) client.close();
  return documents;
}

function someShape(name, random) {
  const text = 'größer '.repeat(random.between(1, 20)); // more bytes than units
  const { props, ...record } = shape('geo', name, 'page:page', { x: random.below(10_000), meta: { text } });
  return { ...record, props: { ...props, richText: richText(text) } };
}

/** Breaks the connection while the chunks are, most likely, under way. */
async function breakSoon(link, random) {
  link.delay = 20;
  await pause(random.between(40, 200));
  link.cut();
  link.heal();
}
