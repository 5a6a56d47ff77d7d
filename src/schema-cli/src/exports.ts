import { Failure } from './failure'
import { isObject } from './json'

/** What is asked of a `StoreSchema` of tldraw. */
export interface StoreSchema {
  types: Record<string, RecordType>
  migrations: Record<string, MigrationSequence>
}

export interface RecordType {
  typeName: string
  scope: string
  validator: { validate(value: unknown): unknown }
  createDefaultProperties(): Record<string, unknown>
}

export interface MigrationSequence {
  sequenceId: string
  retroactive: boolean
  sequence: Migration[]
}

export interface Migration {
  id: string
  scope: 'record' | 'store' | 'storage'
  dependsOn?: readonly string[]
  filter?(record: unknown): boolean
  up(value: any): any
  down?(value: any): any
}

/** A schema, and what only the classes of its shapes know. */
export interface Found {
  schema: StoreSchema
  /** Properties of a new shape, by kind of record and type. */
  defaults: Map<string, () => unknown>
  /** Names of versions, by the id of the migration. */
  names: Map<string, string>
}

type Kind = 'shapes' | 'bindings' | 'assets'
type Parts = Record<Kind | 'records', Record<string, any>> & { migrations: MigrationSequence[]; user?: unknown }

const DEFAULTS: Record<Kind, string> = {
  shapes: 'defaultShapeSchemas',
  bindings: 'defaultBindingSchemas',
  assets: 'defaultAssetSchemas',
}
const RECORD_OF: Record<Kind, string> = { shapes: 'shape', bindings: 'binding', assets: 'asset' }

/** Finds the schema among what a module exports. */
export function findSchema(module: Record<string, unknown>, tlschema: any, wanted: string | undefined, file: string): Found {
  const exported = Object.fromEntries(Object.entries(module).filter(([name]) => name !== '__esModule'))
  if (wanted !== undefined && !(wanted in exported)) {
    const names = Object.keys(exported).sort().join(', ')
    throw new Failure(`${file} exports no "${wanted}"${names ? `; it exports ${names}` : ''}`)
  }
  const candidates = wanted === undefined ? exported : { [wanted]: exported[wanted] }
  const names = namesOfVersions(exported)

  const schemas = Object.entries(candidates).filter(([, value]) => isStoreSchema(value))
  const different = [...new Set(schemas.map(([, value]) => value))]
  if (different.length > 1) {
    const listed = schemas.map(([name]) => name).sort().join(', ')
    throw new Failure(`${file} exports several schemas (${listed}): name one with --export`)
  }

  const parts: Parts = { shapes: {}, bindings: {}, assets: {}, records: {}, migrations: [] }
  const defaults = new Map<string, () => unknown>()
  for (const [name, value] of Object.entries(candidates)) collect(name, value, parts, defaults)
  if (different.length === 1) return { schema: different[0] as StoreSchema, defaults, names }

  if (wanted !== undefined && isObject(candidates[wanted])) {
    for (const [name, value] of Object.entries(candidates[wanted])) collect(name, value, parts, defaults)
  }
  const any = [parts.shapes, parts.bindings, parts.assets, parts.records].some((part) => Object.keys(part).length > 0)
  if (!any && parts.migrations.length === 0 && parts.user === undefined) {
    throw new Failure(
      `${file} exports no schema: export what createTLSchema returns, or arrays of shape and binding utils (shapeUtils, bindingUtils)`,
    )
  }
  try {
    const schema = tlschema.createTLSchema({
      ...Object.fromEntries(
        (Object.keys(DEFAULTS) as Kind[]).map((kind) => [kind, { ...tlschema[DEFAULTS[kind]], ...parts[kind] }]),
      ),
      records: parts.records,
      migrations: parts.migrations,
      ...(parts.user === undefined ? {} : { user: parts.user }),
    })
    return { schema, defaults, names }
  } catch (error) {
    throw new Failure(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
  }
}

function isStoreSchema(value: unknown): value is StoreSchema {
  return (
    isObject(value) && isObject(value.types) && isObject(value.migrations) && typeof value.serialize === 'function'
  )
}

/** Takes what looks like a part of a schema: utils, `{shapeUtils, …}`, and what `createTLSchema` is given. */
function collect(name: string, value: unknown, parts: Parts, defaults: Map<string, () => unknown>): void {
  if (isUtil(value)) {
    addUtil(name, value, parts, defaults)
  } else if (Array.isArray(value)) {
    for (const element of value) {
      if (isUtil(element)) addUtil(name, element, parts, defaults)
      else if (isSequence(element) && name === 'migrations') add(parts.migrations, element)
    }
  } else if (isObject(value) && !isStoreSchema(value)) {
    if (name === 'shapes' || name === 'bindings' || name === 'assets' || name === 'records') {
      Object.assign(parts[name], value)
    } else if (name === 'user' && ('meta' in value || 'migrations' in value)) {
      parts.user = value
    } else if (PARTS.some((part) => Array.isArray(value[part]) || isObject(value[part]))) {
      for (const part of PARTS) collect(part, value[part], parts, defaults)
    }
  }
}

const PARTS = ['shapeUtils', 'bindingUtils', 'assetUtils', 'shapes', 'bindings', 'assets', 'records', 'migrations', 'user']

interface Util {
  type: string
  props?: Record<string, unknown>
  migrations?: unknown
  prototype: Record<string, unknown>
}

function isUtil(value: unknown): value is Util {
  return typeof value === 'function' && typeof (value as unknown as Util).type === 'string' && isObject(value.prototype ?? null)
}

function addUtil(name: string, util: Util, parts: Parts, defaults: Map<string, () => unknown>): void {
  const kind = kindOf(util, name)
  parts[kind][util.type] = { props: util.props, migrations: util.migrations, meta: (util as any).meta }
  const { getDefaultProps } = util.prototype
  if (typeof getDefaultProps === 'function') {
    defaults.set(`${RECORD_OF[kind]}.${util.type}`, () => getDefaultProps.call(Object.create(util.prototype)))
  }
}

/** By the class that it extends, or else by the name that it is exported under. */
function kindOf(util: Util, exportedAs: string): Kind {
  for (let type: unknown = util; typeof type === 'function'; type = Object.getPrototypeOf(type)) {
    const match = /^(Shape|Binding|Asset)Util\d*$/.exec(type.name)
    if (match) return `${match[1].toLowerCase()}s` as Kind
  }
  if ('component' in util.prototype || 'getGeometry' in util.prototype) return 'shapes'
  if (/binding/i.test(exportedAs)) return 'bindings'
  if (/asset/i.test(exportedAs)) return 'assets'
  return 'shapes'
}

function isSequence(value: unknown): value is MigrationSequence {
  return isObject(value) && typeof value.sequenceId === 'string' && Array.isArray(value.sequence)
}

function add<T>(list: T[], element: T): void {
  if (!list.includes(element)) list.push(element)
}

/** `cardVersions = {AddColor: 'com.tldraw.shape.card/1'}` names version 1, when it is exported. */
function namesOfVersions(exported: Record<string, unknown>): Map<string, string> {
  const names = new Map<string, string>()
  for (const value of Object.values(exported)) {
    if (!isObject(value)) continue
    for (const [name, id] of Object.entries(value)) {
      if (typeof id === 'string' && /^[^/]+\/\d+$/.test(id) && !names.has(id)) names.set(id, name)
    }
  }
  return names
}
