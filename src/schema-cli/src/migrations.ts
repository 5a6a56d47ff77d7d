import { isolated } from './describe'
import type { Migration, MigrationSequence } from './exports'
import { infer, type Step, type World } from './infer'
import { asJson, compareText, copyOf, isObject, same, type Json, type JsonObject } from './json'
import type { Validatable } from './recording'
import type { V } from './validators'
import { ODD, samples } from './values'

/** Where a sequence is written: at a type, whose steps work on props or on the record, or by itself. */
export interface SequencePlace {
  kind: 'shape' | 'binding' | 'asset' | 'record' | 'any'
  type?: string
  sequenceId: string
  place: string
}

export interface Context {
  subtypes: Record<'shape' | 'binding' | 'asset', Record<string, { props?: Record<string, V>; meta?: Record<string, V> }>>
  records: Record<string, Record<string, V>>
  /** The validators of the properties of a type, by their names. */
  validators(kind: string, type: string): Record<string, Validatable>
  styles: Record<string, V>
  names: Map<string, string>
  sources: string[]
  warn(place: string, message: string): void
}

type Kind = 'shape' | 'binding' | 'asset'

/** Describes each step of a sequence by operations, or says that it is code. */
export function describeSequence(sequence: MigrationSequence, where: SequencePlace, context: Context): JsonObject {
  const result: JsonObject = {}
  const selection = where.kind === 'any' ? selectionOf(sequence, context) : null
  if (selection && selection !== 'mixed' && selection.for) result.for = selection.for
  if (!sequence.retroactive) result.retroactive = false
  if (sequence.sequence.length === 0) return result
  const subject = subjectOf(where, context, selection)
  const steps = sequence.sequence.map((migration) => (subject && migration.scope === 'record' ? observed(migration, subject) : null))
  const before = subject ? backwards(subject.contexts, steps) : []
  const changed = steps.map((step, i) => (step ? changedBy(step, [...(before[i] ?? []), ...(subject?.contexts ?? [])], context) : new Set<string>()))
  result.migrations = sequence.sequence.map((migration, i) => {
    const later = new Set(changed.slice(i + 1).flatMap((keys) => [...keys]))
    const step = steps[i]
    const entry: JsonObject = {}
    const name = context.names.get(migration.id)
    if (name) entry.name = name
    const at = `${where.place}/migrations/${i}`
    const up = step && infer(step.up, worldOf(step, 'up', subject!, before[i], later, changed[i], context))
    if (up) {
      entry.up = up
      if (typeof migration.down === 'function') {
        const down = step.down && infer(step.down, worldOf(step, 'down', subject!, before[i + 1] ?? subject!.contexts, later, changed[i], context))
        if (down) entry.down = down
        else context.warn(`${at}/down`, `the way down of ${migration.id} is code, and left out: clients of an older version are refused`)
      }
    } else {
      entry.up = 'code'
      const why = migration.scope === 'record' ? 'is code' : `works on the whole ${migration.scope}, and is code`
      context.warn(at, `${migration.id} ${selection === 'mixed' ? 'chooses its records by code' : why}: the server needs a migrator for it, and refuses clients of an older version`)
    }
    if (migration.dependsOn?.length) entry.after = [...migration.dependsOn]
    return entry
  })
  return result
}

const NO_FIELDS: Record<string, V> = {}

/** What the steps of a sequence work on. */
interface Subject {
  contexts: JsonObject[]
  fields: Record<string, V>
  validators: Record<string, Validatable>
  /** The record around the value, and the value out of it. */
  around(value: JsonObject): JsonObject
  within(record: unknown, before: JsonObject): JsonObject | null
}

function subjectOf(where: SequencePlace, context: Context, selection: Selection | 'mixed' | null): Subject | null {
  if (where.kind === 'any') {
    if (!selection || selection === 'mixed' || selection.records.length === 0) return null
    return { contexts: selection.records, fields: NO_FIELDS, validators: {}, around: (value) => value, within: whole }
  }
  const validators = context.validators(where.kind, where.type!)
  if (where.kind === 'record') {
    const fields = { id: { id: where.type! }, typeName: { literal: where.type! }, ...context.records[where.type!] }
    return { contexts: contextsOf(fields, context), fields, validators, around: (value) => value, within: whole }
  }
  const kind = where.kind
  const fields = context.subtypes[kind][where.type!]?.props ?? {}
  return {
    contexts: contextsOf(fields, context),
    fields,
    validators,
    around: (props) => skeleton(kind, where.type!, props),
    within(record, before) {
      if (!isObject(record)) return null
      const { props, ...rest } = asJson(record) as JsonObject
      const { props: _, ...untouched } = skeleton(kind, where.type!, before)
      return isObject(props) && same(rest, untouched) ? (props as JsonObject) : null
    },
  }
}

function whole(record: unknown): JsonObject | null {
  return isObject(record) ? (asJson(record) as JsonObject) : null
}

function skeleton(kind: Kind, type: string, props: JsonObject): JsonObject {
  const base = { id: `${kind}:a`, typeName: kind, type, props, meta: {} }
  if (kind === 'shape') return { ...base, x: 12.5, y: -3, rotation: 0.5, index: 'a1', parentId: 'page:a', isLocked: false, opacity: 0.75 }
  return kind === 'binding' ? { ...base, fromId: 'shape:a', toId: 'shape:b' } : base
}

function contextsOf(fields: Record<string, V>, context: Context): JsonObject[] {
  return samples({ object: fields } as V, 'p', context.styles) as JsonObject[]
}

interface Observed {
  up: Step
  down: Step | null
  migration: Migration
  code: Migration['up'][]
  subject: Subject
}

/** A migration as a function from JSON to JSON that touches nothing else. */
function observed(migration: Migration, subject: Subject): Observed {
  const step = (code: (value: any) => any): Step => (input) => {
    const once = (chance: number) =>
      isolated(chance, () => {
        const record = subject.around(copyOf(input))
        if (migration.filter && !migration.filter(record)) return undefined
        const result = code(record)
        return subject.within(result ? result : record, input) ?? undefined
      })
    const [first, second] = [once(0.25), once(0.75)]
    return first && second && same(first, second) ? first : null
  }
  return {
    up: step((record) => migration.up(record)),
    down: typeof migration.down === 'function' ? step((record) => migration.down!(record)) : null,
    migration,
    code: [migration.up, ...(migration.down ? [migration.down] : [])],
    subject,
  }
}

/** Values as they were before each step, made by the ways down from those of today. */
function backwards(today: JsonObject[], steps: (Observed | null)[]): JsonObject[][] {
  const result: JsonObject[][] = []
  let values = today
  for (let i = steps.length - 1; i >= 0; i--) {
    const down = steps[i]?.down
    values = values.map((value) => down?.(value) ?? value)
    result[i] = values
  }
  return result
}

/** The properties that a step changes in one of its directions, for some value. */
function changedBy(step: Observed, contexts: JsonObject[], context: Context): Set<string> {
  const changed = new Set<string>()
  const { top } = mentioned(step, contexts)
  const others = [undefined, ...ODD, ...literalsOf([...step.code.map(String), ...context.sources])]
  const varied = contexts.slice(0, 2).flatMap((value) =>
    [...top].flatMap((key) =>
      others.map((other) => {
        const { [key]: _, ...rest } = value
        return other === undefined ? rest : { ...rest, [key]: other }
      }),
    ),
  )
  for (const value of [...contexts, ...varied]) {
    for (const code of [step.up, step.down]) {
      const result = code?.(value)
      if (!result) continue
      for (const key of new Set([...Object.keys(value), ...Object.keys(result)])) if (!same(value[key], result[key])) changed.add(key)
    }
  }
  return changed
}

function worldOf(
  step: Observed,
  direction: 'up' | 'down',
  subject: Subject,
  expected: JsonObject[],
  later: ReadonlySet<string>,
  changed: ReadonlySet<string>,
  context: Context,
): World {
  const contexts: JsonObject[] = []
  for (const value of [...expected, ...subject.contexts]) if (!contexts.some((known) => same(known, value))) contexts.push(value)
  const { top, names } = mentioned(step, contexts)
  const literals = literalsOf([...step.code.map(String), ...context.sources])
  const evidence = new Map<string, Json[]>()
  for (const value of expected) {
    for (const [key, part] of Object.entries(value)) if (!(key in subject.fields) || changed.has(key)) evidence.set(key, [...(evidence.get(key) ?? []), part])
  }

  const values = new Map<string, Json[]>()
  for (const [key, v] of Object.entries(subject.fields)) values.set(key, samples(v, `p.${key}`, context.styles))
  for (const [key, known] of evidence) values.set(key, [...known, ...(values.get(key) ?? [])])
  for (const key of new Set([...top, ...changed])) {
    const known = values.get(key) ?? []
    if (known.length > 0) known.push(null, '', 0, false)
    if (known.length === 0) values.set(key, [...ODD, ...literals])
    else if (known.some((value) => typeof value === 'string')) values.set(key, [...known, ...literals])
    else if (later.has(key)) values.set(key, [...known, ...ODD])
  }
  if (subject.fields === NO_FIELDS) {
    for (const name of names) if (!top.has(name)) for (const holder of ['meta', 'props']) values.set(`${holder}/${name}`, ODD.slice(0, 8))
  }
  // What nothing is known of is given a value of some kind, for the code to go through.
  const unknown = [...top].filter((key) => !contexts.some((value) => key in value))
  const more = unknown.flatMap((key) => contexts.slice(0, 2).flatMap((value) => ODD.slice(0, 16).map((odd) => ({ ...value, [key]: odd }))))
  const code = step[direction]!
  const working = more.filter((value) => code(value)).slice(0, 12)
  const all = contexts.some((value) => code(value)) && unknown.length === 0 ? contexts : [...pick(working, 3), ...contexts]

  const refused = (key: string, value: Json | undefined) => {
    try {
      subject.validators[key].validate(value)
      return false
    } catch {
      return true
    }
  }
  // A refinement may refuse all that is thought of here: then it cannot be asked.
  const settled = Object.keys(subject.validators).filter(
    (key) => !later.has(key) && samples(subject.fields[key], `p.${key}`, context.styles).some((value) => !refused(key, value)),
  )
  return {
    contexts: all.filter((value, i) => i < 16 || code(value)),
    values,
    names: [...names].sort(compareText),
    impossible(input, output) {
      // Tldraw's types say that these are objects, if its validators do not.
      if (subject.fields === NO_FIELDS && !(isObject(input.meta ?? {}) && isObject(input.props ?? {}))) return true
      for (const [key, value] of Object.entries(input)) {
        const known = evidence.get(key)
        if (known && typeof value === 'object' && value !== null && !known.some((other) => kindOf(other) === kindOf(value))) return true
      }
      // Above the step values are those of today, unless a later one changes them; below it, where it changes nothing.
      const after = direction === 'up' ? output : input
      const before = direction === 'up' ? input : output
      return (
        settled.some((key) => refused(key, after[key])) ||
        settled.some((key) => !changed.has(key) && refused(key, before[key]))
      )
    },
  }
}

function kindOf(value: Json): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}

function pick<T>(values: T[], count: number): T[] {
  return values.slice(0, count)
}

/** The names of properties that the code asks for or sets, at the value itself and anywhere in it. */
function mentioned(step: Observed, contexts: JsonObject[]): { top: Set<string>; names: Set<string> } {
  const top = new Set<string>()
  const names = new Set<string>()
  const watch = (value: any, path: number): any => {
    if (typeof value !== 'object' || value === null) return value
    const note = (key: string | symbol) => {
      if (typeof key !== 'string' || (Array.isArray(value) && (/^\d+$/.test(key) || key in Array.prototype)) || key in Object.prototype) return
      names.add(key)
      if (path === 0) top.add(key)
    }
    return new Proxy(value, {
      get(target, key) {
        note(key)
        return watch(target[key], path + 1)
      },
      set(target, key, part) {
        note(key)
        target[key] = part
        return true
      },
      deleteProperty(target, key) {
        note(key)
        return delete target[key]
      },
    })
  }
  for (const input of contexts.slice(0, 6)) {
    for (const code of step.code) {
      isolated(0.25, () => {
        const record = step.subject.around(copyOf(input))
        code(step.subject.within === whole ? watch(record, 0) : { ...record, props: watch(record.props, 0) })
      })
    }
  }
  return { top, names }
}

/** The texts and numbers in code: what it compares with is most often there. */
function literalsOf(sources: string[]): Json[] {
  const found = new Set<Json>()
  for (const [i, source] of sources.entries()) {
    if (i > 40) break
    for (const match of source.matchAll(/'([^'\\\n]{0,40})'|"([^"\\\n]{0,40})"|([A-Za-z_$][\w$]{0,40})\s*:/g)) {
      if (found.size < 45) found.add(match[1] ?? match[2] ?? match[3])
    }
    for (const match of source.matchAll(/(?<![\w.])-?\d+(\.\d+)?(?![\w.])/g)) if (found.size < 55 && i < 2) found.add(Number(match[0]))
  }
  return [...found]
}

interface Selection {
  for: JsonObject | null
  records: JsonObject[]
}

/** Which types the filters of a sequence select. */
function selectionOf(sequence: MigrationSequence, context: Context): Selection | 'mixed' | null {
  const filters = sequence.sequence.filter(({ scope }) => scope === 'record').map(({ filter }) => filter)
  if (filters.length === 0) return null
  const candidates: { typeName: string; type?: string; records: JsonObject[] }[] = []
  for (const kind of ['shape', 'binding', 'asset'] as const) {
    for (const [type, { props }] of [...Object.entries(context.subtypes[kind]), ['no-such-type', {}] as const]) {
      const all = contextsOf((props as Record<string, V> | undefined) ?? {}, context)
      const records = all.slice(0, 3).flatMap((value) => [skeleton(kind, type, value), { ...skeleton(kind, type, value), meta: { draft: 1, kept: 'x' } }])
      candidates.push({ typeName: kind, type, records: [...records, { ...records[0], x: 1e4, isLocked: true, opacity: 1, id: `${kind}:b` }] })
    }
  }
  for (const [typeName, fields] of Object.entries(context.records)) {
    const records = contextsOf(fields, context).map((value, i) => {
      const meta: JsonObject = i === 1 ? { draft: 1, kept: 'x' } : {}
      return { ...value, id: `${typeName}:a`, typeName, ...('meta' in fields ? { meta } : {}) }
    })
    candidates.push({ typeName, records: records.slice(0, 4) })
  }
  candidates.push({ typeName: 'no-such-type', records: [{ id: 'no-such-type:a', typeName: 'no-such-type' }] })

  let selected: Set<(typeof candidates)[number]> | null = null
  for (const filter of filters) {
    const here = new Set<(typeof candidates)[number]>()
    for (const candidate of candidates) {
      const chosen = candidate.records.filter((record) => !filter || isolated(0.5, () => filter(copyOf(record))))
      if (chosen.length === candidate.records.length) here.add(candidate)
      else if (chosen.length > 0) return 'mixed'
    }
    if (selected && (selected.size !== here.size || [...here].some((candidate) => !selected!.has(candidate)))) return 'mixed'
    selected = here
  }
  const chosen = candidates.filter((candidate) => selected!.has(candidate))
  const known = chosen.filter(({ type, typeName }) => type !== 'no-such-type' && typeName !== 'no-such-type')
  // One of each kind of record comes first.
  const firsts = known.filter(({ typeName }, i) => known.findIndex((other) => other.typeName === typeName) === i)
  const records = [...firsts.slice(0, 4).flatMap((candidate) => candidate.records.slice(0, 2)), ...known.map((candidate) => candidate.records[0])]
  if (chosen.length === candidates.length) return { for: null, records }
  const typeNames = [...new Set(chosen.map(({ typeName }) => typeName))].sort(compareText)
  const complete = candidates.every((candidate) => !typeNames.includes(candidate.typeName) || selected!.has(candidate))
  const one = (list: string[]): Json => (list.length === 1 ? list[0] : list)
  if (typeNames.length === 0 || typeNames.includes('no-such-type')) return 'mixed'
  if (complete) return { for: { typeName: one(typeNames) }, records }
  if (typeNames.length > 1) return 'mixed'
  const types = chosen.map(({ type }) => type!).sort(compareText)
  return types.includes('no-such-type') ? 'mixed' : { for: { typeName: typeNames[0], type: one(types) }, records }
}
