import { asJson, canonical, compareText, isObject, same, type Json, type JsonObject } from './json'
import { memory, type Made, type Validatable } from './recording'

/** A validator of the schema file. */
export type V = string | JsonObject

/** A style of the team's own, or one of tldraw's with other values. */
export interface Style {
  id: string
  type: V
}

const PRIMITIVES: Record<string, V> = {
  string: 'string',
  number: 'number',
  positiveNumber: 'positiveNumber',
  nonZeroNumber: 'nonZeroNumber',
  nonZeroFiniteNumber: 'nonZeroFiniteNumber',
  unitInterval: 'unitInterval',
  integer: 'integer',
  positiveInteger: 'positiveInteger',
  nonZeroInteger: 'nonZeroInteger',
  boolean: 'boolean',
  indexKey: 'indexKey',
  linkUrl: 'linkUrl',
  srcUrl: 'srcUrl',
  httpUrl: 'httpUrl',
  jsonValue: 'json',
  array: 'array',
  unknownObject: 'anyObject',
  any: 'any',
  unknown: 'any',
}

const RICH_TEXT = canonical({ object: { type: 'string', content: { array: 'any' }, attrs: { optional: 'any' } } })

/** Values of every kind, which a validator that hides its rule is asked about. */
const PROBES: readonly unknown[] = [
  undefined, null, true, false, 0, 1, -1, 0.5, 2, 100, -0.5, 1e9, '', 'a', 'A', ' ', 'text', '0', 'true', '#ff0000', 'a1', 'Z',
  'https://example.com/a', 'http://example.com', 'mailto:a@example.com', 'data:text/plain,a', 'asset:a', '/a', './a',
  'javascript:alert(1)', 'ftp://example.com', 'file:///a', 'page:a', 'shape:a', 'a@example.com', '2020-01-01',
  '2020-01-01T00:00:00.000Z', '00000000-0000-4000-8000-000000000000', [], [1], ['a'], [[]], [{}], {}, { a: 1 }, { a: 'a' },
  { x: 0, y: 0 }, { type: 'doc', content: [] }, { id: 'a' },
] // prettier-ignore

/** Reads validators, and says where it could not see through one. */
export class ValidatorReader {
  /** The styles that were met, by id. */
  readonly styles = new Map<string, Style>()
  private readonly open = new Set<object>()

  constructor(
    /** Types of records, whose ids are tried. */
    private readonly typeNames: readonly string[],
    private readonly warn: (place: string, message: string) => void,
  ) {}

  read(validator: Validatable, place: string): V {
    if (this.open.has(validator)) {
      this.warn(place, 'a validator that contains itself; described as "json"')
      return 'json'
    }
    this.open.add(validator)
    try {
      const style = styleOf(validator)
      return style ? this.style(style, place) : simple(this.made(validator, place))
    } finally {
      this.open.delete(validator)
    }
  }

  /** The properties of a validator of objects, or null when it is none (or one that takes unknown ones). */
  fieldsOf(validator: Validatable): Record<string, Validatable> | null {
    const made = memory().made.get(validator)
    if (made?.kind === 'model') return this.fieldsOf(made.of)
    const { config, shouldAllowUnknownProperties } = validator as { config?: object; shouldAllowUnknownProperties?: boolean }
    return config && shouldAllowUnknownProperties === false ? { ...config } : null
  }

  /** The variants of a validator of unions, or null. */
  variantsOf(validator: Validatable): Record<string, Validatable> | null {
    const made = memory().made.get(validator)
    if (made?.kind === 'model') return this.variantsOf(made.of)
    const { config, unknownValueValidation } = validator as { config?: object; unknownValueValidation?: unknown }
    return config && unknownValueValidation ? { ...config } : null
  }

  private style(style: StyleLike, place: string): V {
    const known = this.styles.get(style.id)
    if (!known) this.styles.set(style.id, { id: style.id, type: this.read(style.type, `/styles/${pointer(style.id)}`) })
    else if (!same(known.type, this.read(style.type, place))) {
      this.warn(place, `another style has the id "${style.id}" and other values; the first is described`)
    }
    return { style: style.id }
  }

  private made(validator: Validatable, place: string): V {
    const made = memory().made.get(validator)
    if (made) return this.recorded(validator, made, place)

    const v = validator as unknown as Record<string, any>
    if (v.itemValidator) return { array: this.read(v.itemValidator, `${place}/array`) }
    if (v.keyValidator && v.valueValidator) {
      const values = this.read(v.valueValidator, `${place}/dict`)
      const keys = this.read(v.keyValidator, `${place}/keys`)
      if (keys !== 'string') return { dict: values, keys }
      return values === 'json' ? 'jsonDict' : { dict: values }
    }
    if (v.config && v.unknownValueValidation) return this.union(v, place)
    if (v.config && v.shouldAllowUnknownProperties !== undefined) {
      const fields = Object.fromEntries(
        Object.entries<Validatable>(v.config).map(([name, field]) => [name, this.read(field, `${place}/object/${pointer(name)}`)]),
      )
      if (canonical({ object: fields }) === RICH_TEXT && !v.shouldAllowUnknownProperties) return 'richText'
      return v.shouldAllowUnknownProperties ? { object: fields, more: true } : { object: fields }
    }
    return this.opaque(validator, null, place)
  }

  private recorded(validator: Validatable, made: Made, place: string): V {
    switch (made.kind) {
      case 'primitive': {
        const known = PRIMITIVES[made.name]
        return known ?? this.opaque(validator, null, place)
      }
      case 'literal':
        return { literal: asJson(made.value) ?? null }
      case 'enum':
        return enumeration([...made.values])
      case 'model':
        return this.read(made.of, place)
      case 'optional':
        return { optional: this.read(made.of, place) }
      case 'nullable':
        return { nullable: this.read(made.of, place) }
      case 'atLeast':
        return { ...(this.read(made.of, place) as JsonObject), atLeast: made.atLeast }
      case 'or':
        return { or: [this.read(made.either, `${place}/or/0`), this.read(made.or, `${place}/or/1`)] }
      case 'refined':
        return this.opaque(validator, made.of, place)
    }
  }

  private union(v: Record<string, any>, place: string): V {
    const union: JsonObject = {}
    for (const [name, variant] of Object.entries<Validatable>(v.config)) {
      union[name] = this.read(variant, `${place}/union/${pointer(name)}`)
    }
    const result: JsonObject = { union, by: v.key }
    if (v.useNumberKeys) result.numbers = true
    const unknown = (value: unknown) => v.unknownValueValidation(value, '·')
    const asked = [{ [v.key]: '·' }, { [v.key]: '·', a: 1 }, { [v.key]: '·', x: 'a', y: [] }]
    const taken = asked.filter((value) => accepts({ validate: unknown }, value)).length
    if (taken > 0) {
      result.otherwise = 'any'
      if (taken < asked.length || /throw|valid/i.test(String(v.unknownValueValidation))) {
        this.warn(place, 'unknown variants are judged by code; described as "any"')
      }
    }
    return result
  }

  /** A rule that is code. What it rests on is told, and a warning says that there is more to it. */
  private opaque(validator: Validatable, base: Validatable | null, place: string): V {
    const id = this.id(validator)
    if (id) return id
    if (base) {
      const v = this.read(base, place)
      this.warn(place, `a refinement in code; described as ${JSON.stringify(v)}`)
      return v
    }
    const asked = this.delegate(validator)
    if (asked) {
      let v = this.read(asked, place)
      if (accepts(validator, null) && !accepts(asked, null)) v = { nullable: v }
      if (accepts(validator, undefined) && !accepts(asked, undefined)) v = { optional: v }
      const style = isObject(v) && typeof v.style === 'string' ? this.styles.get(v.style) : undefined
      if (style) v = style.type
      if (!onlyAsks(validator)) this.warn(place, `a validator in code; described as ${JSON.stringify(v)}`)
      return v
    }
    const v = byKind(validator)
    this.warn(place, `a validator in code; described as ${JSON.stringify(v)}`)
    return v
  }

  /** The ids of some types, when that is what the validator accepts. */
  private id(validator: Validatable): V | null {
    if (accepts(validator, 'zzz:a') || accepts(validator, 'a') || accepts(validator, '') || accepts(validator, 1)) return null
    const names = new Set(this.typeNames)
    for (const found of messageOf(validator, 'zzz:a').matchAll(/["'`]([^"'`:\s]+):["'`]/g)) names.add(found[1])
    const prefixes = [...names].filter(
      (name) =>
        ['a', '', ' ', 'a:b', name + ':', 'Ä/?\n'].every((rest) => accepts(validator, `${name}:${rest}`)) &&
        [name, ` ${name}:a`, `x${name}:a`, `${name}x:a`, `${name.toUpperCase()}:A`].every((text) => !accepts(validator, text)),
    )
    if (prefixes.length === 0) return null
    prefixes.sort(compareText)
    let v: V = { id: prefixes.length === 1 ? prefixes[0] : prefixes }
    if (accepts(validator, null)) v = { nullable: v }
    if (accepts(validator, undefined)) v = { optional: v }
    return v
  }

  /** The one validator that a hand-written one leaves the decision to, for every value of its kind. */
  private delegate(validator: Validatable): Validatable | null {
    let found: Validatable | null = null
    for (const probe of PROBES) {
      const calls: { validator: Validatable; value: unknown }[] = []
      const accepted = listening(calls, () => accepts(validator, probe))
      const first = calls.find((call) => call.validator !== validator && Object.is(call.value, probe))
      if (!first) {
        if (probe !== undefined && probe !== null) return null
        continue
      }
      if (found && found !== first.validator) return null
      found = first.validator
      if (accepted && !accepts(found, probe)) return null
    }
    return found
  }
}

interface StyleLike extends Validatable {
  id: string
  type: Validatable
}

/** Styles are told by their form: a bundle may have its own class of them. */
export function styleOf(validator: Validatable): StyleLike | null {
  const v = validator as unknown as Record<string, unknown>
  return typeof v.id === 'string' && 'defaultValue' in v && isObject(v.type) && typeof v.type.validate === 'function'
    ? (validator as StyleLike)
    : null
}

/** A name as a step of a JSON Pointer. */
export function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function accepts(validator: Validatable, value: unknown): boolean {
  try {
    validator.validate(value)
    return true
  } catch {
    return false
  }
}

function messageOf(validator: Validatable, value: unknown): string {
  try {
    validator.validate(value)
    return ''
  } catch (error) {
    return String(error)
  }
}

function listening<R>(calls: { validator: Validatable; value: unknown }[], task: () => R): R {
  memory().calls = calls
  try {
    return task()
  } finally {
    memory().calls = null
  }
}

/** Code that refuses nothing itself: what it asks decides. */
function onlyAsks(validator: Validatable): boolean {
  const { validationFn } = validator as { validationFn?: unknown }
  return !/throw|Error|assert/.test(String(validationFn ?? validator.validate))
}

function enumeration(values: unknown[]): V {
  const listed = values.filter((value) => typeof value === 'string' || typeof value === 'number')
  const others: V[] = []
  if (values.includes(true) && values.includes(false)) others.push('boolean')
  else if (values.includes(true)) others.push({ literal: true })
  else if (values.includes(false)) others.push({ literal: false })
  const parts: V[] = listed.length > 0 ? [{ enum: listed as Json[] }, ...others] : others
  let v: V = parts.length === 2 ? { or: parts } : parts.length === 1 ? parts[0] : { enum: [] }
  if (values.includes(null)) v = parts.length === 0 ? { literal: null } : { nullable: v }
  if (values.includes(undefined)) v = { optional: v }
  return v
}

/** The narrowest kind that takes all that the code takes. */
function byKind(validator: Validatable): V {
  const taken = PROBES.filter((probe) => accepts(validator, probe))
  const kinds = new Set(taken.filter((value) => value !== null && value !== undefined).map(kindOf))
  let v: V = 'json'
  if (kinds.size === 1) {
    const [kind] = kinds
    v = kind === 'object' ? 'anyObject' : kind
  }
  if (v !== 'json' && taken.includes(null)) v = { nullable: v }
  if (taken.includes(undefined)) v = v === 'json' ? 'any' : { optional: v }
  return v
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value
}

function simple(v: V): V {
  if (!isObject(v)) return v
  // Twice the same freedom is one.
  if (isObject(v.optional) && 'optional' in v.optional) return v.optional as V
  if (isObject(v.nullable) && 'nullable' in v.nullable) return v.nullable as V
  return v
}
