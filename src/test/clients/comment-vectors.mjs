/**
 * What the real package says of comments, good and bad: the vectors that the server's own types are held against.
 *
 *   node comment-vectors.mjs > ../resources/schema/comments.json
 */
import './browser.mjs';
import { createRequire } from 'node:module';
import { NEWEST } from './versions.mjs';

const here = createRequire(import.meta.url);
const { createTLSchema, commentSchemaRecords } = createRequire(here.resolve(`sync-core-${NEWEST}`))('@tldraw/tlschema');
const schema = createTLSchema({ records: commentSchemaRecords });

const body = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hello' }] }] };
const ANCHORS = [
  { type: 'shape', shapeId: 'shape:a', x: 0.5, y: 1, isPrecise: true },
  { type: 'point', x: -5, y: 1e300 },
  { type: 'region', x: 1, y: 2, w: 3, h: 4 },
  { type: 'region', x: 1, y: 2, w: 3, h: 4, pinX: 0, pinY: 1 },
  { type: 'page' },
];
const THREAD = {
  id: 'comment-thread:t',
  typeName: 'comment-thread',
  pageId: 'page:p',
  anchor: ANCHORS[0],
  createdBy: 'ann',
  createdAt: 1700000000000,
  resolved: null,
  isDeleted: false,
  meta: {},
};
const COMMENT = {
  id: 'comment:c',
  typeName: 'comment',
  threadId: 'comment-thread:t',
  pageId: 'page:p',
  authorId: 'ann',
  createdAt: 1,
  editedAt: null,
  body,
  isDeleted: false,
  meta: {},
};
const REACTION = {
  id: 'comment-reaction:r',
  typeName: 'comment-reaction',
  commentId: 'comment:c',
  threadId: 'comment-thread:t',
  pageId: 'page:p',
  userId: 'ann',
  emoji: '👍',
  createdAt: 1,
  meta: {},
};

/** Values of every kind, ids of every type. */
const VALUES = [
  null,
  true,
  false,
  0,
  -1.5,
  1e300,
  '',
  'text',
  'page:x',
  'shape:x',
  'comment:x',
  'comment-thread:x',
  'comment-reaction:x',
  'comment',
  [],
  [1],
  {},
  { a: { b: [null] } },
  body,
  { type: 'doc' },
  { type: 'doc', content: [], attrs: { a: 1 } },
  { type: 'doc', content: 'x' },
  { at: 1, by: 'bob' },
  { at: 1 },
  { at: 1, by: null },
  { at: '1', by: 'bob', more: 1 },
  ...ANCHORS,
  { type: 'circle', x: 1, y: 2 },
  { type: 'page', x: 1 },
  { type: 'point', x: 1 },
  { type: 'shape', shapeId: 'page:a', x: 0, y: 0, isPrecise: false },
  { type: 'shape', shapeId: 'shape:a' },
  { type: 'region', x: 1, y: 2, w: 3, h: 4, pinX: null },
  { type: 'region', x: 1, y: 2, w: '3', h: 4 },
  'x'.repeat(64),
  'x'.repeat(65),
  '😀'.repeat(32),
  '😀'.repeat(32) + 'x',
];

/** Anchors with something wrong in one place, or odd and good; beside those among the values. */
function oddAnchors() {
  const odd = [];
  for (const anchor of [...ANCHORS, { ...ANCHORS[2], pinX: 0.5 }])
    for (const key of Object.keys(anchor)) {
      const { [key]: gone, ...rest } = anchor;
      odd.push(rest);
      for (const value of [null, true, '1', -0.25, 'shape:', {}]) odd.push({ ...anchor, [key]: value });
    }
  for (const anchor of ANCHORS) odd.push({ ...anchor, more: 1 });
  return odd;
}

function accepts(record) {
  try {
    schema.types[record.typeName].validate(record);
    return true;
  } catch {
    return false;
  }
}

function verdicts() {
  const lines = [];
  for (const good of [THREAD, COMMENT, REACTION]) {
    lines.push(good);
    for (const key of Object.keys(good)) {
      if (key !== 'typeName') {
        lines.push(Object.fromEntries(Object.entries(good).filter(([name]) => name !== key)));
        for (const value of VALUES) lines.push({ ...good, [key]: value });
      }
    }
    lines.push({ ...good, more: 1 });
  }
  for (const anchor of oddAnchors()) lines.push({ ...THREAD, anchor });
  return lines.map((record) => ({ record, ok: accepts(record) }));
}

function migrations() {
  const threads = [
    ...VALUES.filter((value) => value === null || typeof value !== 'string'),
    { type: 'shape' },
    { type: 'shape', shapeId: 7, x: null, more: true },
    { type: 'region', pinX: 1 },
  ].map((anchor) => ({ ...THREAD, anchor }));
  const { anchor, ...without } = THREAD;
  threads.push(without);
  const lines = [];
  for (const record of [...threads, COMMENT, REACTION])
    for (const version of [0, 1, 2])
      for (const direction of ['up', 'down']) {
        const name = `com.tldraw.${record.typeName}`;
        if (version > schema.serialize().sequences[name]) continue;
        const other = { schemaVersion: 2, sequences: { ...schema.serialize().sequences, [name]: version } };
        const result = schema.migratePersistedRecord(structuredClone(record), other, direction);
        lines.push({ record, version, direction, ...(result.type === 'success' ? { value: result.value } : {}) });
      }
  return lines;
}

const list = (name, lines) => `"${name}":[\n${lines.map((line) => JSON.stringify(line)).join(',\n')}\n]`;
process.stdout.write(
  `{"about":"What tldraw ${NEWEST} says of comments. Made by src/test/clients/comment-vectors.mjs.",\n` +
    `"schema":${JSON.stringify(schema.serialize())},\n${list('verdicts', verdicts())},\n${list('migrations', migrations())}}\n`,
);
