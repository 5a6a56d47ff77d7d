// What the real packages say of generated records, good and bad, of the schemas in test/schemas, for another
// implementation to be compared with:
//
//   node test/verdicts.mjs --seed 1 --count 5000 > verdicts.jsonl
//
// A line is {schema, record, verdict: "ok"|"bad"}: whether the record is valid; or {schema, record, from, direction,
// verdict, migrated?, reason?}: the record migrated up from, or down to, the serialized schema `from`, and whether
// what came out is valid (up), or the migration was possible (down). `opaque: true` says that a step on the way is
// code in the description: there the two cannot agree.
import { build } from 'esbuild'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const SCHEMAS = ['card', 'chart', 'kanban', 'meta', 'poll', 'records', 'status', 'ticket']
const KINDS = { shapes: 'shape', bindings: 'binding', assets: 'asset' }
const home = join(import.meta.dirname, '..')
const { values: options } = parseArgs({ options: { seed: { type: 'string', default: '1' }, count: { type: 'string', default: '5000' } } })

const real = await load()
// The store reports each failure of a migration; these are what is asked for here.
console.error = () => {}
const random = new real.Random(Number(options.seed))
const schemas = SCHEMAS.map((name) => prepare(name))
for (let i = 0; i < Number(options.count); i++) {
  let found
  do found = line(schemas[i % schemas.length])
  while (beyondDescription(found.record) || beyondDescription(found.migrated))
  process.stdout.write(`${JSON.stringify(found)}\n`)
}

/** The one rule of the schemas that is code, and that no description says: a year of the chart. */
function beyondDescription(record) {
  const year = record?.type === 'chart' ? record.props?.year : undefined
  return Number.isInteger(year) && (year < 1900 || year > 2100)
}

async function load() {
  const scratch = mkdtempSync(join(home, 'node_modules', '.verdicts-'))
  try {
    await build({
      stdin: {
        contents: `
          ${SCHEMAS.map((name) => `export * as ${name} from './schemas/${name}.ts'`).join('\n')}
          export { Random } from '../src/random'
          export { mutated, samples } from '../src/values'
          export * as tlschema from '@tldraw/tlschema'`,
        resolveDir: join(home, 'test'),
      },
      outfile: join(scratch, 'bundle.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      loader: { '.css': 'empty', '.svg': 'dataurl' },
    })
    return await import(pathToFileURL(join(scratch, 'bundle.mjs')).href)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** The schema by the real packages, and the types of its own with validators to make records by. */
function prepare(name) {
  const describe = (...args) =>
    JSON.parse(execFileSync(process.execPath, [join(home, 'dist/cli.js'), 'describe', ...args, join(home, 'test/schemas', `${name}.ts`)], { stdio: ['ignore', 'pipe', 'ignore'] }))
  const [own, all] = [describe(), describe('--all')]
  const types = []
  for (const [section, typeName] of Object.entries(KINDS)) {
    for (const type of Object.keys(own[section] ?? {})) {
      const { props, meta } = all[section][type]
      types.push({ sequence: `com.tldraw.${typeName}.${type}`, fields: skeleton(typeName, type, props ? { object: props } : 'json', meta ? { object: meta } : 'jsonDict') })
    }
  }
  for (const type of Object.keys(own.records ?? {})) {
    const { fields } = all.records[type]
    types.push({ sequence: `com.tldraw.${type}`, fields: { id: { id: type }, typeName: { literal: type }, ...fields } })
  }
  return { name, schema: schemaOf(real[name]), types, styles: all.styles ?? {}, sequences: Object.keys(own.sequences ?? {}), code: codeOf(own) }
}

/** The versions that are code in the description, by sequence. */
function codeOf(description) {
  const code = {}
  const note = (id, { migrations }) => {
    if (Array.isArray(migrations)) code[id] = migrations.flatMap(({ up }, i) => (up === 'code' ? [i + 1] : []))
  }
  for (const [section, typeName] of Object.entries(KINDS)) for (const [type, entry] of Object.entries(description[section] ?? {})) note(`com.tldraw.${typeName}.${type}`, entry)
  for (const [type, entry] of Object.entries(description.records ?? {})) note(`com.tldraw.${type}`, entry)
  for (const [id, entry] of Object.entries(description.sequences ?? {})) note(id, entry)
  return code
}

function schemaOf(module) {
  const made = module.schema ?? module.default
  if (made) return made
  const { createTLSchema, defaultShapeSchemas, defaultBindingSchemas } = real.tlschema
  const byType = (utils = []) => Object.fromEntries(utils.map(({ type, props, migrations }) => [type, { props, migrations }]))
  return createTLSchema({
    shapes: { ...defaultShapeSchemas, ...module.shapes, ...byType(module.shapeUtils) },
    bindings: { ...defaultBindingSchemas, ...byType(module.bindingUtils) },
  })
}

function skeleton(typeName, type, props, meta) {
  const base = { id: { id: typeName }, typeName: { literal: typeName }, type: { literal: type }, props, meta }
  if (typeName === 'shape') {
    return { ...base, x: 'number', y: 'number', rotation: 'number', index: 'indexKey', parentId: { id: ['page', 'shape'] }, isLocked: 'boolean', opacity: 'unitInterval' }
  }
  return typeName === 'binding' ? { ...base, fromId: { id: 'shape' }, toId: { id: 'shape' } } : base
}

function generate({ types, styles }) {
  const { fields, sequence } = random.of(types)
  const record = {}
  for (const [name, v] of Object.entries(fields)) {
    if (v.optional !== undefined && random.chance(0.4)) continue
    const inner = v.object ?? null
    record[name] = inner === null ? random.of(real.samples(v, name, styles)) : generateObject(inner, name, styles)
  }
  return { record: clone(record), sequence }
}

function generateObject(fields, name, styles) {
  const result = {}
  for (const [key, v] of Object.entries(fields)) {
    if (v.optional !== undefined && random.chance(0.4)) continue
    result[key] = key === 'year' ? random.of([1900, 1999, 2026, 2100]) : random.of(real.samples(v, `${name}.${key}`, styles))
  }
  return result
}

function line(prepared) {
  const { name, schema, sequences } = prepared
  const { record, sequence } = generate(prepared)
  const bad = random.chance(0.5)
  const candidate = bad ? mutate(record) : record
  const asked = [sequence, ...sequences].filter((id) => schema.migrations[id]?.sequence.length > 0)
  if (asked.length === 0 || random.chance(0.4)) return { schema: name, record: candidate, verdict: verdict(schema, candidate) }

  const id = random.of(asked)
  const from = schema.serialize()
  const version = random.below(schema.migrations[id].sequence.length)
  from.sequences[id] = version
  const direction = random.chance(0.5) ? 'up' : 'down'
  let start = candidate
  if (direction === 'up') {
    // Mostly one that was written by that version.
    const older = schema.migratePersistedRecord(clone(record), from, 'down')
    if (older.type === 'success') start = bad ? mutate(clone(older.value)) : clone(older.value)
  } else if (verdict(schema, start) === 'bad') {
    // No server has one that it could send down.
    return line(prepared)
  }
  const result = schema.migratePersistedRecord(clone(start), from, direction)
  const question = { schema: name, record: start, from, direction }
  if (prepared.code[id]?.some((step) => step > version)) question.opaque = true
  if (result.type !== 'success') return { ...question, verdict: 'bad', reason: result.reason }
  const migrated = clone(result.value)
  return { ...question, verdict: direction === 'up' ? verdict(schema, migrated) : 'ok', migrated }
}

/** Somewhere in what the team declared, mostly. */
function mutate(record) {
  for (;;) {
    const within = ['props', 'meta'].filter((key) => typeof record[key] === 'object' && record[key] !== null)
    const key = within.length > 0 && random.chance(0.8) ? random.of(within) : null
    const result = key === null ? real.mutated(record, random, ['extra', 'typeName']) : { ...record, [key]: real.mutated(record[key], random, ['extra', 'x']) }
    // What is no record of a known type cannot be asked about.
    if (typeof result === 'object' && result !== null && result.typeName === record.typeName && typeof result.id === 'string') return clone(result)
  }
}

function verdict(schema, record) {
  try {
    schema.validateRecord(null, clone(record), 'tests', null)
    return 'ok'
  } catch {
    return 'bad'
  }
}

function clone(value) {
  return JSON.parse(JSON.stringify(value))
}
