/**
 * Writes rooms as the reference keeps them, with its own SQLiteSyncStorage, and beside each what it says is in it:
 *
 *   npm install && node reference-rooms.mjs ../resources/moving
 *
 * The files are committed, so that tests need no Node; run it anew for another release.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

globalThis.TLDRAW_LIBRARY_IS_BUILD = true;
const require = createRequire(import.meta.url);
const { SQLiteSyncStorage, TLSocketRoom } = require('@tldraw/sync-core');
const { createTLSchema } = require('@tldraw/tlschema');
const SQL = await require('sql.js')();
const folder = process.argv[2] ?? '.';
const schema = createTLSchema();

/** What the reference asks of a database, on SQLite in WebAssembly. */
function wrapper(database, tablePrefix) {
  const rows = (sql, bindings) => {
    const statement = database.prepare(sql);
    statement.bind(bindings);
    const found = [];
    while (statement.step()) found.push(statement.getAsObject());
    statement.free();
    return found;
  };
  return {
    config: tablePrefix ? { tablePrefix } : undefined,
    prepare: (sql) => ({
      iterate: (...bindings) => rows(sql, bindings)[Symbol.iterator](),
      all: (...bindings) => rows(sql, bindings),
      run: (...bindings) => void rows(sql, bindings),
    }),
    exec: (sql) => void database.exec(sql),
    transaction: (work) => work(),
  };
}

function geo(id, props = {}, meta = {}) {
  return schema.types.shape.create({
    id: `shape:${id}`,
    type: 'geo',
    parentId: 'page:page',
    index: 'a1',
    x: 10,
    y: 20,
    rotation: 0,
    isLocked: false,
    opacity: 1,
    meta,
    props: {
      geo: 'rectangle', w: 100, h: 80, dash: 'draw', url: '', growY: 0, scale: 1, color: 'black', labelColor: 'black',
      fill: 'none', size: 'm', font: 'draw', align: 'middle', verticalAlign: 'middle', flipX: false, flipY: false,
      richText: { type: 'doc', content: [{ type: 'paragraph' }] },
      ...props,
    },
  });
}

function write(name, { tablePrefix, objectTypes, snapshot, after } = {}, fill = () => {}) {
  const database = new SQL.Database();
  const storage = new SQLiteSyncStorage({ sql: wrapper(database, tablePrefix), objectTypes, snapshot });
  if (!snapshot) new TLSocketRoom({ schema, storage }).close(); // brings what is stored to the schema
  fill(storage, (work) => storage.transaction(work));
  writeFileSync(
    path.join(folder, `${name}.json`),
    JSON.stringify({ ...storage.getSnapshot(), objects: storage.getObjectsSnapshot() }, null, 1) + '\n',
  );
  after?.(database);
  writeFileSync(path.join(folder, `${name}.db`), database.export());
}

// A room with a history: changes at several clocks, deletions, an object lane, texts that are not ASCII.
write('board', { objectTypes: ['user'] }, (storage, transaction) => {
  transaction((it) => it.set('shape:a', geo('a')));
  transaction((it) => {
    it.set('shape:b', geo('b', { w: 1.5e-7, h: 80 }, { note: 'Grüße 💡 \u2028', lone: '\ud83d' }));
    it.set('shape:gone', geo('gone'));
  });
  transaction((it) => it.delete('shape:gone'));
  transaction((it) => it.set('user:ada', schema.types.user.create({ id: 'user:ada', name: 'Ada' })));
  transaction((it) => it.set('shape:a', { ...geo('a'), x: 11 }));
});

// As old clients have left it: schema 5.0.1, and the layout whose records are texts and that has no objects.
const old = JSON.parse(readFileSync(new URL('../resources/schema/serialized/5.0.1.json', import.meta.url)));
const { flipX, flipY, ...oldProps } = geo('old').props;
write('older', {
  snapshot: {
    documentClock: 4,
    tombstoneHistoryStartsAtClock: 1,
    tombstones: { 'shape:gone': 3 },
    schema: old,
    documents: [
      { state: { id: 'document:document', typeName: 'document', gridSize: 10, name: '', meta: {} }, lastChangedClock: 0 },
      { state: { id: 'page:page', typeName: 'page', name: 'Page 1', index: 'a1', meta: {} }, lastChangedClock: 0 },
      { state: { ...geo('old'), props: oldProps }, lastChangedClock: 4 },
    ],
  },
  after: (database) =>
    database.exec(`
      DROP TABLE objects;
      ALTER TABLE documents RENAME TO former;
      CREATE TABLE documents (id TEXT PRIMARY KEY, state TEXT NOT NULL, lastChangedClock INTEGER NOT NULL);
      INSERT INTO documents SELECT id, CAST(state AS TEXT), lastChangedClock FROM former;
      DROP TABLE former;
      UPDATE metadata SET migrationVersion = 1;
    `),
});

// Tables whose names begin with something.
write('prefixed', { tablePrefix: 'sync_' }, (storage, transaction) => {
  transaction((it) => it.set('shape:a', geo('a')));
});
process.exit(0);
