/**
 * Real clients in a room with tldraw's comments: who may write which, and what those see who do not know of them.
 *
 *   node comments.mjs --base ws://127.0.0.1:8080 --room r --ann TOKEN --bob TOKEN --cat TOKEN --admin TOKEN
 *
 * The tokens are of a user who may edit, of one who may comment, of one who may view, and of the admin API. Exit code 0: it
 * is as it should be; 1: it is not.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { complaints } from './browser.mjs';
import { richText, shape } from './records.mjs';
import { RoomClient } from './room-client.mjs';
import { roomUrl } from './room-url.mjs';
import { until } from './until.mjs';
import { NEWEST } from './versions.mjs';

const here = createRequire(import.meta.url);
const { createComment, createCommentReaction, createCommentThread } = createRequire(
  here.resolve(`sync-core-${NEWEST}`),
)('@tldraw/tlschema');
const COMMENTING = `${NEWEST}+comments`;
const TYPES = ['comment-thread', 'comment', 'comment-reaction'];

const { values: options } = parseArgs({
  options: Object.fromEntries(['base', 'room', 'ann', 'bob', 'cat', 'admin'].map((name) => [name, { type: 'string' }])),
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

function client(name, version, token) {
  const url = roomUrl(options.base, options.room, name, `token=${token}`);
  return new RoomClient({ name, version, url });
}

const ann = client('ann', COMMENTING, options.ann);
const bob = client('bob', COMMENTING, options.bob);
const cat = client('cat', COMMENTING, options.cat);
const plain = client('plain', NEWEST, options.ann);
const old = client('old', '4.5.12', options.ann);
const all = [ann, bob, cat, plain, old];
const knowing = [ann, bob, cat];

/** Waits until everybody is connected, every change has an answer, and all see the same, each of what it knows. */
async function settled(what) {
  await until(what, 20, () => [
    ...all.flatMap((each) => each.unfinished),
    ...knowing.flatMap((each) => each.differencesFrom(ann.documents)),
    ...plain.differencesFrom(withoutComments(ann.documents)),
    ...(isDeepStrictEqual(Object.keys(old.documents).sort(), Object.keys(plain.documents).filter(knownTo45).sort())
      ? []
      : ['the older client does not have the same records']),
  ]);
}

function withoutComments(documents) {
  return Object.fromEntries(Object.entries(documents).filter(([, { typeName }]) => !TYPES.includes(typeName)));
}

function knownTo45(id) {
  return !id.startsWith('user:');
}

function put(who, record) {
  who.edit(() => who.store.put([record]));
  return record.id;
}

function change(who, id, members) {
  who.edit(() => who.update(id, (record) => ({ ...record, ...members })));
}

/** What all see of a record. */
function seen(id) {
  return ann.documents[id];
}

async function refused(who, what, attempt) {
  const before = ann.documents;
  attempt();
  await settled(`${who.name} is put right: ${what}`);
  assert.deepEqual(ann.documents, before, `${who.name} may not: ${what}`);
}

async function admin(method, path, body) {
  const answer = await fetch(`${options.base.replace('ws', 'http')}/admin/v1/rooms/${options.room}${path}`, {
    method,
    headers: { authorization: `Bearer ${options.admin}`, 'content-type': 'application/json' },
    body,
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
  return answer.text();
}

await settled('everybody is there');
assert.deepEqual(
  all.map(({ isReadonly, objectAccess }) => [isReadonly, objectAccess ?? 'none']),
  [
    [false, 'write'],
    [true, 'write'],
    [true, 'read'],
    [false, 'write'],
    [false, 'none'],
  ],
);

const pageId = 'page:page';
put(ann, shape('geo', 'a', pageId, {}));
await settled('a shape is there');
const before = await admin('GET', '/snapshot');

const anchor = { type: 'shape', shapeId: 'shape:a', x: 0.5, y: 0.5, isPrecise: true };
const threadId = put(ann, createCommentThread({ pageId, anchor, createdBy: 'somebody else' }));
const first = put(ann, createComment({ threadId, pageId, authorId: 'bob', body: richText('What is this?') }));
const second = put(bob, createComment({ threadId, pageId, authorId: 'ann', body: richText('A box.') }));
await settled('a thread with two comments');
assert.equal(seen(threadId).createdBy, 'ann');
assert.equal(seen(first).authorId, 'ann');
assert.equal(seen(second).authorId, 'bob');
say('authors are named by the server');

const reaction = put(
  bob,
  createCommentReaction({ commentId: first, threadId, pageId, userId: 'bob', emoji: '👍' }),
);
change(bob, threadId, { resolved: { at: 1, by: 'bob' } });
change(bob, second, { body: richText('A large box.'), editedAt: 2 });
await settled('a reaction, a resolved thread, an edited comment');
assert.equal(seen(reaction).userId, 'bob');
assert.equal(seen(threadId).resolved.by, 'bob');
assert.equal(seen(second).editedAt, 2);
say('who may comment comments, reacts and resolves');

await refused(bob, "edit another's comment", () => change(bob, first, { body: richText('no') }));
await refused(bob, "flag another's thread", () => change(bob, threadId, { isDeleted: true }));
await refused(bob, "resolve in another's name", () => change(bob, threadId, { resolved: { at: 2, by: 'ann' } }));
await refused(bob, 'remove a comment', () => bob.edit(() => bob.remove(second)));
await refused(bob, 'hand a comment over', () => change(bob, second, { authorId: 'ann' }));
await refused(bob, "react in another's name", () =>
  put(bob, createCommentReaction({ commentId: first, threadId, pageId, userId: 'ann', emoji: '👎' })),
);
await refused(bob, 'move a shape', () => change(bob, 'shape:a', { x: 5 }));
await refused(cat, 'comment', () => put(cat, createComment({ threadId, pageId, authorId: 'cat', body: richText('!') })));
await refused(cat, 'resolve', () => change(cat, threadId, { resolved: null }));
await refused(ann, "take back another's reaction", () => ann.edit(() => ann.remove(reaction)));
say('what one may not do is put right');

change(plain, 'shape:a', { x: 7 });
change(old, 'shape:a', { y: 8 });
await settled('clients without comments draw on');
assert.deepEqual([seen('shape:a').x, seen('shape:a').y], [7, 8]);

change(bob, second, { isDeleted: true });
bob.edit(() => bob.remove(reaction));
await settled('a comment is deleted, a reaction taken back');
assert.equal(seen(second).isDeleted, true);
assert.equal(seen(reaction), undefined);
await refused(bob, 'undo a deletion', () => change(bob, second, { isDeleted: false }));

const comments = Object.values(ann.documents).filter(({ typeName }) => TYPES.includes(typeName));
await admin('PUT', '/snapshot', before);
await until('the shape is back where it was', 20, () => (seen('shape:a').x === 7 ? ['it is not'] : []));
await settled('an earlier document has been put back');
for (const comment of comments) assert.deepEqual(seen(comment.id), comment);
assert.equal(comments.length, 3);
say('comments stay when an earlier document is put back');

plain.edit(() => plain.remove('shape:a'));
await settled('what a thread is about has been deleted by one who does not see it');
assert.ok(seen(threadId));
if (complaints.size > 0) fail(new Error('a client logged an error'));
for (const each of all) each.close();
process.exit(0);
