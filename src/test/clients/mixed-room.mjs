import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { edit, signatureId } from './edits.mjs';
import { fault } from './faults.mjs';
import { freshClients } from './fresh-clients.mjs';
import { Link } from './link.mjs';
import { Random } from './random.mjs';
import { RoomClient } from './room-client.mjs';
import { roomUrl } from './room-url.mjs';
import { until } from './until.mjs';
import { cardSignatureId } from './cards.mjs';
import { asSeenBy, mostKnowing } from './versions.mjs';

/** So many milliseconds more a sign is waited for. */
const PATIENCE = 240_000;

/** Clients of several versions, some only readers, edit one room over bad connections; in the end all see the same. */
export async function mixedRoom(run) {
  const members = await join(run);
  const writers = members.slice(0, run.clients - run.readers);
  const readers = members.slice(run.clients - run.readers);

  await until('everybody has joined', 20, () => unfinished(members));
  for (const writer of writers) assert.equal(writer.isReadonly, false, `${writer.name} may write`);
  for (const reader of readers) assert.equal(reader.isReadonly, true, `${reader.name} may only read`);
  run.say(`joined ${run.room}: ${names(writers)}; to read only: ${names(readers)}`);

  const begun = performance.now();
  const faults = await workAndSuffer(run, members);
  const seconds = Math.round((performance.now() - begun) / 1000);
  const [edits, connects] = [sum(members, 'edits'), sum(members, 'connects')];
  run.say(`edited for ${seconds} s: ${edits} edits, ${faults} faults, ${connects} connects`);

  for (const { link } of members) link.heal();
  await until('everybody is idle', 60, () => [...unfinished(members), ...lingering(members)]);
  run.say('idle: everybody is connected and has an answer to every change');

  const fresh = await freshClients(run);
  const newest = fresh.get(mostKnowing(run.versions));

  const farewells = members.map(({ name }, i) => ({ name, x: i, y: run.seed % 1000, chatMessage: `bye from ${name}` }));
  members.forEach((member, i) => member.show('page:page', farewells[i]));
  await until('everybody sees what a fresh client sees', 30, () => [
    ...unfinished([...members, ...fresh.values()]),
    ...[...fresh].flatMap(([version, client]) => client.differencesFrom(asSeenBy(version, newest.documents))),
    ...members.flatMap((member) => member.differencesFrom(fresh.get(member.version).documents)),
    ...members.flatMap((member, i) => misseenOthers(member, farewells.toSpliced(i, 1))),
  ]);
  const { documents } = newest;
  run.say(`converged: ${Object.keys(documents).length} records`);

  for (const writer of writers) {
    const count = documents[signatureId(writer)]?.meta.count ?? 0;
    assert.equal(count, writer.signatures, `what ${writer.name} wrote is there to the last change`);
    if (writer.hasCards) {
      const card = documents[cardSignatureId(writer)];
      assert.equal(card?.meta.count ?? 0, writer.cardSignatures, `the card of ${writer.name} is as it was left`);
    }
  }
  for (const reader of readers) assert.ok(!(signatureId(reader) in documents), `${reader.name} changed nothing`);
  run.say(`kept: ${sum(writers, 'signatures')} signatures; refused: ${sum(readers, 'signatures')} of readers`);

  for (const client of [...members, ...fresh.values()]) client.close();
  return documents;
}

function join(run) {
  return Promise.all(
    Array.from({ length: run.clients }, async (_, i) => {
      const version = run.versions[i % run.versions.length];
      const name = `${i}@${version}`;
      const query = i < run.clients - run.readers ? run.query : run.readerQuery;
      const link = await Link.to(run.base);
      return new RoomClient({ name, version, link, url: roomUrl(link.base, run.room, name, query) });
    }),
  );
}

/** How many faults there were. */
async function workAndSuffer({ seed, seconds, until: sign }, members) {
  const end = performance.now() + seconds * 1000;
  const goesOn = () => performance.now() < end || (sign && performance.now() < end + PATIENCE && !existsSync(sign));
  const work = members.map((member, i) => keepEditing(member, new Random(seed, i + 1), goesOn));
  const [faults] = await Promise.all([keepDisturbing(members, new Random(seed, 0), goesOn), ...work]);
  return faults;
}

async function keepEditing(member, random, goesOn) {
  while (goesOn()) {
    edit(member, random);
    await pause(random.between(15, 85));
  }
}

async function keepDisturbing(members, random, goesOn) {
  let faults = 0;
  for (; goesOn(); faults++) {
    await pause(random.between(100, 500));
    fault(random.pick(members), random);
  }
  return faults;
}

function unfinished(clients) {
  return clients.flatMap((client) => client.unfinished);
}

function lingering(members) {
  return members
    .filter(({ link }) => link.lingering > 0)
    .map(({ name }) => `the server still holds a lost connection of ${name}`);
}

function misseenOthers(member, expected) {
  const { others } = member;
  if (isDeepStrictEqual(new Set(others), new Set(expected))) return [];
  return [`${member.name} sees the others as ${JSON.stringify(others)}`];
}

function names(clients) {
  return clients.map(({ name }) => name).join(', ');
}

function sum(clients, property) {
  return clients.reduce((total, client) => total + client[property], 0);
}
