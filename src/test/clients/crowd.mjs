import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Member } from './member.mjs';
import { RoomClient } from './room-client.mjs';
import { roomUrl } from './room-url.mjs';
import { until } from './until.mjs';

const NEWCOMER_EVERY = 400;
const PATIENCE = 60;
const STORED_PATIENCE = 10_000;

/** Clients in several rooms, all of whom draw all the time; and newcomers, who look in and leave. */
export class Crowd {
  #options;
  #rooms;
  #editing = false;
  #farewells = 0;
  #work = [];
  #visits = [];
  #visitors = 0;

  constructor(options) {
    this.#options = options;
    this.#rooms = Array.from({ length: options.rooms }, (_, r) => {
      const room = { id: `${options.prefix}-${r}`, members: new Map() };
      for (let c = 0; c < options.clients; c++) {
        const member = new Member({ ...options, room, name: `r${r}c${c}` });
        room.members.set(member.name, member);
      }
      return room;
    });
  }

  get #members() {
    return this.#rooms.flatMap(({ members }) => [...members.values()]);
  }

  async join() {
    await until('everybody has joined', PATIENCE, () => this.#members.flatMap(({ client }) => client.unfinished));
    this.goOn();
  }

  goOn() {
    if (this.#editing) return;
    this.#editing = true;
    this.#work = [...this.#members.map((member) => this.#keepDrawing(member)), this.#keepVisiting()];
  }

  async #keepDrawing(member) {
    const { pace: every } = this.#options;
    while (this.#editing) {
      member.draw();
      await pause(every * (0.5 + Math.random()));
    }
  }

  async #keepVisiting() {
    for (; this.#editing; await pause(NEWCOMER_EVERY)) {
      const visit = { failures: 0, began: Date.now() };
      const room = this.#rooms[this.#visitors % this.#rooms.length];
      const visitor = this.#newcomer(room, `visitor${this.#visitors++}`, {
        heard() {},
        status: (status) => (visit.failures += status === 'online' || visit.time ? 0 : 1),
      });
      await until('a newcomer is in', PATIENCE, () => visitor.unfinished);
      visit.time = Date.now() - visit.began;
      visitor.close();
      this.#visits.push(visit);
    }
  }

  #newcomer(room, name, listener) {
    const { version, base } = this.#options;
    return new RoomClient({ name, version, listener, url: roomUrl(base, room.id, name) });
  }

  /** Something has happened to the servers. */
  mark(time) {
    this.#visits = [];
    for (const member of this.#members) member.mark(time);
  }

  /** Everybody draws, and it is confirmed and seen: what is drawn from now on too. */
  async back() {
    const members = this.#members;
    const since = new Map(members.map((member) => [member, member.client.signatures + 1]));
    await until('everybody is back', PATIENCE, () =>
      members.filter((member) => !member.isBack(since.get(member))).map(({ name }) => `${name} is not`),
    );
    const lost = members.filter(({ lostConnection }) => lostConnection);
    const stayed = members.filter(({ lostConnection }) => !lostConnection);
    return {
      back: spread(members.map(({ backAfter }) => backAfter)),
      lost: spread(lost.map(({ slowest }) => slowest)),
      stayed: spread(stayed.map(({ slowest }) => slowest)),
      newcomers: spread(this.#visits.map(({ time }) => time)),
      failures: this.#visits.reduce((sum, { failures }) => sum + failures, 0),
      clients: Object.fromEntries(
        members.map(({ name, backAfter, slowest, lostConnection }) => [name, [backAfter, slowest, lostConnection]]),
      ),
    };
  }

  /** Everybody sees the same, and that is what is stored. @param lossy whether the store has lost something */
  async settle(lossy) {
    this.#editing = false;
    await Promise.all(this.#work);
    await until('everybody is idle', PATIENCE, () => this.#members.flatMap(({ client }) => client.unfinished));
    const records = await Promise.all(this.#rooms.map((room) => this.#compare(room, lossy)));
    const members = this.#members;
    return {
      records: records.reduce((sum, each) => sum + each, 0),
      drawn: members.reduce((sum, { client }) => sum + client.signatures, 0),
      confirmed: members.reduce((sum, { confirmed }) => sum + confirmed, 0),
      connects: members.reduce((sum, { client }) => sum + client.connects, 0),
    };
  }

  async #compare(room, lossy) {
    const members = [...room.members.values()];
    const fresh = this.#newcomer(room, `fresh${this.#visitors++}`);
    await until('a fresh client is in', PATIENCE, () => fresh.unfinished);
    const farewells = members.map(({ name }, i) => ({ name, x: i, y: this.#farewells, chatMessage: 'bye' }));
    this.#farewells++;
    members.forEach(({ client }, i) => client.show('page:page', farewells[i]));
    await until('everybody sees what a fresh client sees', PATIENCE, () => [
      ...fresh.unfinished,
      ...members.flatMap(({ client }) => [...client.unfinished, ...client.differencesFrom(fresh.documents)]),
      ...members.flatMap(({ client }, i) => misseen(client, farewells.toSpliced(i, 1))),
    ]);
    const { documents } = fresh;
    fresh.close();
    assert.deepEqual(documents, await this.#stored(room), `what is stored of ${room.id}`);
    for (const member of members) member.check(documents, lossy);
    return Object.keys(documents).length;
  }

  /** A server may have come just now: until the others know where it is asked, they say that they cannot tell yet. */
  async #stored({ id }) {
    const { base, token } = this.#options;
    const url = `${base.replace(/^ws/, 'http')}/admin/v1/rooms/${id}/snapshot`;
    for (const end = Date.now() + STORED_PATIENCE; ; await pause(200)) {
      const response = await fetch(url, { headers: { Authorization: `Bearer ${token}`, Connection: 'close' } });
      const answer = await response.text();
      if (response.status === 503 && Date.now() < end) continue;
      assert.equal(response.status, 200, `${url}: ${answer}`);
      return Object.fromEntries(JSON.parse(answer).documents.map(({ state }) => [state.id, state]));
    }
  }

  async stop() {
    this.#editing = false;
    await Promise.all(this.#work);
    for (const { client } of this.#members) client.close();
  }
}

function misseen({ name, others }, expected) {
  if (isDeepStrictEqual(new Set(others), new Set(expected))) return [];
  return [`${name} sees the others as ${JSON.stringify(others)}`];
}

function spread(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { n: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}
