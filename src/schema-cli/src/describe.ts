import { findSchema, type Found, type RecordType, type StoreSchema } from './exports'
import { bundle } from './bundle'
import { asJson, compareText, has, isObject, same, type Json, type JsonObject } from './json'
import { describeSequence, type SequencePlace } from './migrations'
import type { Validatable } from './recording'
import { pointer, ValidatorReader, type V } from './validators'

export interface Options {
  export?: string
  /** Tldraw's own types as well. */
  all?: boolean
}

export interface Description {
  file: JsonObject
  warnings: string[]
}

/** Kinds of records that have types of their own, and what they are called in the file. */
const KINDS = { shape: 'shapes', binding: 'bindings', asset: 'assets' } as const
type Kind = keyof typeof KINDS
const COMMENTS = "/records: tldraw's comments are in no file: the server has them with drawbridge.schema.comments=true"

const isKind = (typeName: string): typeName is Kind => has(KINDS, typeName)

/** Describes the schema that a module exports. */
export async function describe(file: string, options: Options = {}): Promise<Description> {
  const { tlschema, release, load, sources } = await bundle(file)
  const plain = tlschema.createTLSchema()
  const found = findSchema(await load(), tlschema, options.export, file)
  const comments = Object.entries(tlschema.commentSchemaRecords ?? {}).filter(([typeName]) => has(found.schema.types, typeName))
  const schema = comments.length > 0 ? tlschema.createTLSchema({ records: Object.fromEntries(comments) }) : plain
  const base = read({ schema, defaults: new Map(), names: new Map() })
  const { file: described, warnings } = compose(read(found), base, release, sources, options.all ?? false)
  const notes = comments.length > 0 ? [...warnings, COMMENTS] : warnings
  const { $comment: _, ...rest } = described
  return { file: notes.length > 0 ? { $comment: notes, ...rest } : rest, warnings: notes }
}

/** A schema, its validators read. */
interface Read {
  found: Found
  schema: StoreSchema
  reader: ValidatorReader
  subtypes: Record<Kind, Record<string, Subtype>>
  records: Record<string, RecordDescription>
  warnings: Map<string, string>
}

interface Subtype {
  props?: Record<string, V>
  propsValidator?: V
  meta?: Record<string, V>
}

interface RecordDescription {
  type: RecordType
  fields: Record<string, V> | null
  validator: V | null
}

function read(found: Found): Read {
  const { schema } = found
  const warnings = new Map<string, string>()
  const reader = new ValidatorReader(Object.keys(schema.types), (place, message) => warnings.set(place, message))
  const subtypes = { shape: {}, binding: {}, asset: {} } as Read['subtypes']
  const records: Read['records'] = {}
  for (const [typeName, type] of Object.entries(schema.types)) {
    if (isKind(typeName)) {
      const place = `/${KINDS[typeName]}`
      for (const [name, variant] of Object.entries(reader.variantsOf(type.validator) ?? {})) {
        subtypes[typeName][name] = readSubtype(reader, variant, `${place}/${pointer(name)}`)
      }
    } else {
      const place = `/records/${pointer(typeName)}`
      const fields = reader.fieldsOf(type.validator)
      records[typeName] = {
        type,
        fields: fields && readFields(reader, fields, `${place}/fields`),
        validator: fields ? null : reader.read(type.validator, `${place}/validator`),
      }
    }
  }
  return { found, schema, reader, subtypes, records, warnings }
}

function readSubtype(reader: ValidatorReader, variant: Validatable, place: string): Subtype {
  const fields = reader.fieldsOf(variant) ?? {}
  const result: Subtype = {}
  const props = fields.props && reader.fieldsOf(fields.props)
  if (props) result.props = readFields(reader, props, `${place}/props`)
  else if (fields.props) {
    const v = reader.read(fields.props, `${place}/props`)
    if (v !== 'json') result.propsValidator = v
  }
  const meta = fields.meta && reader.fieldsOf(fields.meta)
  if (meta) result.meta = readFields(reader, meta, `${place}/meta`)
  return result
}

function readFields(reader: ValidatorReader, fields: Record<string, Validatable>, place: string): Record<string, V> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, validator]) => [name, reader.read(validator, `${place}/${pointer(name)}`)]),
  )
}

function compose(team: Read, base: Read, release: string, sources: string[], all: boolean): Description {
  const warnings = new Map<string, string>()
  const warn = (place: string, message: string) => warnings.set(place, message)
  const described = new Set<string>()

  const sections: Record<string, JsonObject> = { shapes: {}, bindings: {}, assets: {} }
  for (const kind of Object.keys(KINDS) as Kind[]) {
    for (const [name, subtype] of sorted(team.subtypes[kind])) {
      const place = `/${KINDS[kind]}/${pointer(name)}`
      const sequenceId = `com.tldraw.${kind}.${name}`
      described.add(sequenceId)
      const known = base.subtypes[kind][name]
      const entry = known
        ? knownSubtype(subtype, known, place, all, warn)
        : ownSubtype(team, kind, name, subtype, place, sources, warn)
      if (known) tldrawsMigrations(entry, team, base, sequenceId, place, all, warn)
      if (entry && (all || !known || Object.keys(entry).length > 0)) sections[KINDS[kind]][name] = entry
    }
  }

  const records: JsonObject = {}
  for (const [typeName, record] of sorted(team.records)) {
    const place = `/records/${pointer(typeName)}`
    const sequenceId = `com.tldraw.${typeName}`
    const known = base.records[typeName]
    described.add(sequenceId)
    const entry = known
      ? knownRecord(typeName, record, known, all)
      : ownRecord(team, typeName, record, place, sources, warn)
    if (known) tldrawsMigrations(entry, team, base, sequenceId, place, all, warn)
    if (all || !known || Object.keys(entry).length > 0) records[typeName] = entry
  }

  const sequences: JsonObject = {}
  for (const [sequenceId, sequence] of sorted(team.schema.migrations)) {
    if (described.has(sequenceId)) continue
    if (base.schema.migrations[sequenceId]) {
      const [now, then] = [sequence.sequence.length, base.schema.migrations[sequenceId].sequence.length]
      if (now !== then) warn(`/sequences/${pointer(sequenceId)}`, `tldraw's own sequence, at ${then}, is at ${now} here; that cannot be described`)
      continue
    }
    if (sequence.sequence.length === 0 && sequence.retroactive && isKind(sequenceId.split('.').at(-1) ?? '')) continue
    const at: SequencePlace = { kind: 'any', sequenceId, place: `/sequences/${pointer(sequenceId)}` }
    sequences[sequenceId] = describeSequence(sequence, at, contextOf(team, sources, warn))
  }

  const styles: JsonObject = {}
  for (const [id, style] of sorted(Object.fromEntries(team.reader.styles))) {
    const known = base.reader.styles.get(id)
    if (known && same(known.type, style.type) && !all) continue
    if (known && !same(known.type, style.type)) warn(`/styles/${pointer(id)}`, `tldraw's own style has other values here; a server knows it by its own`)
    styles[id] = style.type
  }

  const file: JsonObject = { version: 1, tldraw: release }
  for (const [name, section] of Object.entries({ styles, ...sections, records, sequences })) {
    if (Object.keys(section).length > 0) file[name] = section
  }
  // Validators that were not seen through matter where they are written.
  for (const [place, message] of team.warnings) {
    if (placed(file, place)) warn(place, message)
  }
  const listed = sorted(Object.fromEntries(warnings)).map(([place, message]) => `${place}: ${message}`)
  return { file: listed.length > 0 ? { $comment: listed, ...file } : file, warnings: listed }
}

function contextOf(team: Read, sources: string[], warn: (place: string, message: string) => void) {
  return {
    subtypes: team.subtypes,
    records: Object.fromEntries(Object.entries(team.records).map(([name, { fields }]) => [name, fields ?? {}])),
    validators: (kind: string, type: string) => {
      const { validator } = team.schema.types[isKind(kind) ? kind : type]
      if (!isKind(kind)) return team.reader.fieldsOf(validator) ?? {}
      const variant = (team.reader.variantsOf(validator) ?? {})[type]
      const props = variant && team.reader.fieldsOf(variant)?.props
      return (props && team.reader.fieldsOf(props)) ?? {}
    },
    styles: Object.fromEntries([...team.reader.styles].map(([id, style]) => [id, style.type])),
    names: team.found.names,
    sources,
    warn,
  }
}

function ownSubtype(
  team: Read,
  kind: Kind,
  name: string,
  subtype: Subtype,
  place: string,
  sources: string[],
  warn: (place: string, message: string) => void,
): JsonObject {
  const entry: JsonObject = {}
  if (subtype.props) entry.props = subtype.props
  else if (subtype.propsValidator) {
    if (isObject(subtype.propsValidator) && isObject(subtype.propsValidator.object)) entry.props = subtype.propsValidator.object as JsonObject
    warn(`${place}/props`, 'the validator of all properties is code, or takes unknown ones; described as far as a list of properties says it')
  }
  if (subtype.meta) entry.meta = subtype.meta
  const defaults = team.found.defaults.get(`${kind}.${name}`)
  if (defaults && subtype.props) {
    const validator = (team.reader.variantsOf(team.schema.types[kind].validator) ?? {})[name]
    const fields = team.reader.fieldsOf(team.reader.fieldsOf(validator)!.props) ?? {}
    const value = steady(defaults, fields)
    if (Object.keys(value).length > 0) entry.defaults = value
  }
  const sequence = team.schema.migrations[`com.tldraw.${kind}.${name}`]
  if (sequence) {
    const at: SequencePlace = { kind, type: name, sequenceId: sequence.sequenceId, place }
    Object.assign(entry, describeSequence(sequence, at, contextOf(team, sources, warn)))
  }
  return entry
}

function knownSubtype(
  subtype: Subtype,
  known: Subtype,
  place: string,
  all: boolean,
  warn: (place: string, message: string) => void,
): JsonObject {
  const entry: JsonObject = {}
  if (all) {
    if (subtype.props) entry.props = subtype.props
    if (subtype.meta) entry.meta = subtype.meta
    return { ...entry, replace: true }
  }
  if (subtype.propsValidator && !same(subtype.propsValidator, known.propsValidator)) {
    warn(`${place}/props`, 'the validator of all properties is code; not described')
  }
  if (subtype.props && known.props) {
    const removed = Object.keys(known.props).some((name) => !has(subtype.props, name))
    if (removed) Object.assign(entry, { props: subtype.props, replace: true })
    else {
      const other = otherFields(subtype.props, known.props)
      if (Object.keys(other).length > 0) entry.props = other
    }
  }
  if (subtype.meta && !same(subtype.meta, known.meta)) entry.meta = subtype.meta
  return entry
}

/** With which version of tldraw's sequence a type of its own was described. */
function tldrawsMigrations(
  entry: JsonObject,
  team: Read,
  base: Read,
  sequenceId: string,
  place: string,
  all: boolean,
  warn: (place: string, message: string) => void,
): void {
  const version = base.schema.migrations[sequenceId]?.sequence.length
  if (version === undefined) return
  const here = team.schema.migrations[sequenceId]?.sequence.length ?? 0
  if (here !== version) {
    warn(`${place}/migrations`, `tldraw's own sequence ${sequenceId}, at ${version}, is at ${here} here; steps of your own belong to a sequence of your own`)
  }
  if (all || Object.keys(entry).length > 0) entry.migrations = { tldraw: version }
}

function otherFields(fields: Record<string, V>, known: Record<string, V>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([name, v]) => !same(v, known[name])))
}

function ownRecord(
  team: Read,
  typeName: string,
  record: RecordDescription,
  place: string,
  sources: string[],
  warn: (place: string, message: string) => void,
): JsonObject {
  const entry: JsonObject = { scope: record.type.scope }
  if (record.fields) {
    const implied: Record<string, V> = { id: { id: typeName }, typeName: { literal: typeName } }
    entry.fields = Object.fromEntries(Object.entries(record.fields).filter(([name, v]) => !same(v, implied[name])))
  } else {
    entry.validator = record.validator!
  }
  const fields = team.reader.fieldsOf(record.type.validator)
  if (fields) {
    const value = steady(() => record.type.createDefaultProperties(), fields)
    if (Object.keys(value).length > 0) entry.defaults = value
  }
  const sequence = team.schema.migrations[`com.tldraw.${typeName}`]
  if (sequence) {
    const at: SequencePlace = { kind: 'record', type: typeName, sequenceId: sequence.sequenceId, place }
    Object.assign(entry, describeSequence(sequence, at, contextOf(team, sources, warn)))
  }
  return entry
}

function knownRecord(typeName: string, record: RecordDescription, known: RecordDescription, all: boolean): JsonObject {
  const entry: JsonObject = {}
  if (all) {
    entry.scope = record.type.scope
    if (record.fields) entry.fields = record.fields
    else entry.validator = record.validator!
    return { ...entry, replace: true }
  }
  if (!record.fields || !known.fields) return same(record.validator, known.validator) ? {} : { validator: record.validator!, replace: true }
  const fields = { ...record.fields }
  // The styles of all shapes come here by themselves.
  if (typeName === 'instance' && known.fields.stylesForNextShape) fields.stylesForNextShape = known.fields.stylesForNextShape
  if (Object.keys(known.fields).some((name) => !has(fields, name))) return { fields, replace: true }
  const other = otherFields(fields, known.fields)
  return Object.keys(other).length > 0 ? { fields: other } : {}
}

/** Default values that are the same at any time, and that their validators accept. */
function steady(defaults: () => unknown, fields: Record<string, Validatable>): JsonObject {
  const [first, second] = [0.25, 0.75].map((chance) => isolated(chance, defaults))
  const result: JsonObject = {}
  for (const [name, value] of Object.entries(isObject(first) ? first : {})) {
    const json = asJson(value)
    if (json === undefined || !has(fields, name) || !isObject(second) || !same(value, second[name])) continue
    if (accepted(fields[name], json)) result[name] = json
  }
  return result
}

function accepted(validator: Validatable, value: Json): boolean {
  try {
    validator.validate(value)
    return true
  } catch {
    return false
  }
}

/** Runs with a time and a chance of its own; what fails gives nothing. */
export function isolated<R>(chance: number, task: () => R): R | undefined {
  const { random } = Math
  const { now } = Date
  try {
    Math.random = () => chance
    Date.now = () => chance * 1e12
    return task()
  } catch {
    return undefined
  } finally {
    Math.random = random
    Date.now = now
  }
}

/** Whether the place, or what it is a part of by a style, is in the file. */
function placed(file: JsonObject, place: string): boolean {
  const [section, name, part, field] = place.split('/').slice(1).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  const entry = (file[section] as JsonObject | undefined)?.[name]
  if (entry === undefined) return false
  if (field === undefined || section === 'styles' || !isObject(entry)) return true
  return isObject(entry[part]) && has(entry[part], field)
}

function sorted<T>(object: Record<string, T>): [string, T][] {
  return Object.entries(object).sort(([a], [b]) => compareText(a, b))
}
