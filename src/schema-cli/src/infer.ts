import { copyOf, has, isObject, same, canonical, type Json, type JsonObject } from './json'
import { apply, at, type Op } from './ops'
import { Random } from './random'
import { mutated, ODD } from './values'

/** What a step makes of a value; null when it fails, or gives something else each time. */
export type Step = (input: JsonObject) => JsonObject | null

export interface World {
  /** Whole values as they may come, the likeliest first. */
  contexts: JsonObject[]
  /** More values for a place (its names joined by '/'). */
  values: Map<string, Json[]>
  /** Names of properties that the code mentions. */
  names: string[]
  /** Whether a difference does not matter: the value could not have been there, or cannot stay. */
  impossible(input: JsonObject, output: JsonObject): boolean
}

type Path = readonly string[]
interface Run {
  context: number
  /** The place that was varied; null for the context itself. */
  varied: string | null
  input: JsonObject
  output: JsonObject
}
type Value = Json | undefined

/** How a place of the result comes about. */
type Origin =
  | { kind: 'keep' }
  | { kind: 'gone' }
  | { kind: 'const'; value: Json }
  | { kind: 'from'; path: Path; ops: Op[] }
  | { kind: 'here'; ops: Op[] }
  | { kind: 'parts'; fresh: boolean; parts: [Path, Origin][] }
  | { kind: 'when'; path: Path; values: Json[] | null; then: Origin; otherwise: Origin }

/** The operations that do what the code does, as far as hundreds of values can tell; null when there are none. */
export function infer(step: Step, world: World, seed = 1): Op[] | null {
  const ops = propose(step, world, 0)
  return ops && agrees(step, ops, world, seed) ? ops : null
}

function propose(step: Step, world: World, depth: number): Op[] | null {
  const runs = runsOf(step, world)
  if (!runs.some((run) => run.varied === null)) return null
  const keys = new Set(runs.flatMap(({ input, output }) => [...Object.keys(input), ...Object.keys(output)]))
  const origins: [Path, Origin][] = []
  for (const key of [...keys].sort()) {
    const origin = explain([key], runs, step, world, depth)
    if (!origin) return null
    origins.push([[key], origin])
  }
  return compose(origins)
}

function runsOf(step: Step, world: World): Run[] {
  const runs: Run[] = []
  const add = (context: number, varied: string | null, input: JsonObject) => {
    const output = step(input)
    if (output && !world.impossible(input, output)) runs.push({ context, varied, input, output })
  }
  const places = new Map<string, Json[]>()
  const note = (path: Path, value: Json) => {
    const key = path.join('/')
    const values = places.get(key) ?? []
    if (!values.some((known) => same(known, value))) values.push(value)
    places.set(key, values)
  }
  for (const context of world.contexts) walk(context, [], note)
  for (const [key, values] of world.values) for (const value of values) note(key.split('/'), value)
  world.contexts.slice(0, 8).forEach((context, i) => {
    add(i, null, context)
    if (i > 3) return
    for (const [key, values] of places) {
      const path = key.split('/')
      if (path.length > 1 && !isObject(get(context, path.slice(0, -1)))) continue
      for (const value of [...values.slice(0, 60), undefined]) {
        if (!same(value, get(context, path))) add(i, key, withAt(context, path, value))
      }
    }
  })
  return runs
}

function walk(value: Json, path: Path, note: (path: Path, value: Json) => void): void {
  if (path.length > 0) note(path, value)
  if (path.length < 3 && isObject(value)) {
    for (const [name, part] of Object.entries(value)) if (!name.includes('/')) walk(part as Json, [...path, name], note)
  }
}

function explain(path: Path, runs: Run[], step: Step, world: World, depth: number): Origin | null {
  const points = runs.map((run) => ({ before: get(run.input, path), after: get(run.output, path) }))
  if (points.every(({ before, after }) => same(before, after))) return { kind: 'keep' }
  if (points.every(({ after }) => after === undefined)) return { kind: 'gone' }
  const [{ after: first }] = points
  if (first !== undefined && points.every(({ after }) => same(after, first))) return { kind: 'const', value: first }

  const depended = dependencies(path, runs)
  for (const source of sources(depended)) {
    const table = tabulate(source, path, runs)
    if (!table) continue
    const ops = unary(table, path, source, runs, step, world, depth)
    if (ops) return same(source, path) ? { kind: 'here', ops } : { kind: 'from', path: source, ops }
  }

  if (path.length < 4 && points.every(({ after }) => isObject(after))) {
    const fresh = points.some(({ before }) => !isObject(before)) || dependsNotOn(path, depended)
    const keys = new Set(runs.flatMap(({ input, output }) => [...Object.keys(get(input, path) ?? {}), ...Object.keys(get(output, path) ?? {})]))
    const parts: [Path, Origin][] = []
    for (const key of [...keys].sort()) {
      const inner = [...path, key]
      const origin = explain(inner, fresh ? runs.map((run) => ({ ...run, input: without(run.input, path, source(depended, path)) })) : runs, step, world, depth)
      if (!origin) return null
      parts.push([inner, origin])
    }
    return { kind: 'parts', fresh, parts }
  }
  return depth < 3 ? conditional(path, runs, depended, step, world, depth) : null
}

function source(depended: string[], path: Path): boolean {
  return depended.some((place) => place === path.join('/') || place.startsWith(`${path.join('/')}/`))
}

function without(input: JsonObject, path: Path, needed: boolean): JsonObject {
  return needed ? input : withAt(input, path, undefined)
}

function dependsNotOn(path: Path, depended: string[]): boolean {
  return !source(depended, path)
}

/** The places whose change changes the result at another. */
function dependencies(path: Path, runs: Run[]): string[] {
  const found = new Set<string>()
  const whole = new Map<number, Run>()
  for (const run of runs) if (run.varied === null) whole.set(run.context, run)
  for (const run of runs) {
    const original = whole.get(run.context)
    if (run.varied !== null && original && !same(get(run.output, path), get(original.output, path))) found.add(run.varied)
  }
  return [...found].sort()
}

/** The places that may be all that a result depends on: the innermost, and what they have in common. */
function sources(depended: string[]): Path[] {
  const innermost = depended.filter((place) => !depended.some((other) => other.startsWith(`${place}/`)))
  const common = depended.filter((place) => depended.every((other) => other === place || other.startsWith(`${place}/`) || place.startsWith(`${other}/`)))
  const result = innermost.length === 1 ? [innermost[0], ...common] : common
  return [...new Set(result)].map((place) => place.split('/'))
}

interface Table {
  entries: { from: Json; to: Value }[]
  missing: { to: Value } | null
}

/** The result as a function of one place, or null when it is none. */
function tabulate(source: Path, path: Path, runs: Run[]): Table | null {
  const known = new Map<string, { from: Json; to: Value }>()
  let missing: { to: Value } | null = null
  for (const run of runs) {
    const [from, to] = [get(run.input, source), get(run.output, path)]
    if (from === undefined) {
      if (missing && !same(missing.to, to)) return null
      missing = { to }
      continue
    }
    const key = canonical(from)
    const entry = known.get(key)
    if (entry && !same(entry.to, to)) return null
    known.set(key, { from, to })
  }
  return { entries: [...known.values()], missing }
}

/** The operations at one place that make of each value what the table says. */
function unary({ entries, missing }: Table, path: Path, source: Path, runs: Run[], step: Step, world: World, depth: number): Op[] | null {
  const place = at(path)
  const all = (test: (from: Json, to: Value) => boolean) => entries.length > 0 && entries.every(({ from, to }) => test(from, to))
  // Where the way to a place may be missing, the operation would fail.
  if (source.length > 1 && runs.some(({ input }) => !isObject(get(input, source.slice(0, -1))))) return null
  const filled: Op[] = missing && missing.to !== undefined ? [{ add: { [place]: missing.to } }] : []
  if (all((from, to) => same(from, to))) return filled

  const some = (test: (from: Json, to: Value) => boolean) => entries.length > 1 && all(test)
  const first = entries[0]
  if (first && isObject(first.to) && Object.keys(first.to).length === 1) {
    const [as] = Object.keys(first.to)
    if (some((from, to) => isObject(to) && same(to, { [as]: from }))) return [{ wrap: { at: place, as } }]
  }
  if (first && isObject(first.from)) {
    for (const as of Object.keys(first.from)) {
      if (some((from, to) => isObject(from) && same(from[as], to))) return [{ unwrap: { at: place, as } }]
    }
  }
  if (some((from, to) => same(to, [from]))) return [{ toList: place }]
  if (some((from, to) => Array.isArray(from) && same(from[0], to))) return [{ firstOfList: place }]
  if (some((from, to) => typeof from === 'number' && typeof to === 'number' && from !== 0)) {
    const by = (first.to as number) / (first.from as number)
    if (by !== 1 && some((from, to) => (from as number) * by === to)) return [{ multiply: { at: place, by } }]
  }
  const texts = entries.some(({ from }) => typeof from === 'string')
  if (texts && some((from, to) => isPrimitive(from) && same(to, finite(Number(from))))) return [{ toNumber: place }, ...filled]
  if (some((from, to) => isPrimitive(from) && same(to, String(from)))) return [{ toText: place }, ...filled]
  const table = mapped(entries)
  if (table) return [{ map: { at: place, ...table } }, ...filled]

  if (depth > 3 || !same(source, path)) return null
  return inside(path, runs, step, world, depth)
}

/** A table of values, and what all others become. */
function mapped(entries: Table['entries']): { values: Json; otherwise?: Json } | null {
  if (entries.some(({ to }) => to === undefined) || entries.length < 2) return null
  const others = entries.filter(({ from, to }) => !same(from, to))
  const counts = new Map<string, number>()
  for (const { to } of entries) counts.set(canonical(to), (counts.get(canonical(to)) ?? 0) + 1)
  const [[most, count]] = [...counts].sort((a, b) => b[1] - a[1])
  const constant = others.length > entries.length / 2 && count > 2
  const listed = constant ? entries.filter(({ to }) => canonical(to) !== most) : others
  if (listed.length > 40) return null
  if (listed.some(({ from }) => !isPrimitive(from))) return null
  const sorted = listed.sort((a, b) => (canonical(a.from) < canonical(b.from) ? -1 : 1))
  const values: Json = sorted.every(({ from }) => typeof from === 'string' && !/^(\d+|__proto__)$/.test(from))
    ? Object.fromEntries(sorted.map(({ from, to }) => [from as string, to as Json]))
    : sorted.map(({ from, to }) => [from, to as Json])
  return constant ? { values, otherwise: JSON.parse(most) } : { values }
}

/** What is done to each object in a list or dictionary at the place. */
function inside(path: Path, runs: Run[], step: Step, world: World, depth: number): Op[] | null {
  const lists = runs.filter(({ input }) => Array.isArray(get(input, path)) && (get(input, path) as Json[]).some(isObject))
  const key = path.join('/')
  const dicts = runs.filter(({ input, output }) => isDictionary(get(input, path)) && isDictionary(get(output, path)))
  for (const [found, wrap, unwrap] of [
    [lists, (x: Json): Json => [x], (y: Value): Value => (Array.isArray(y) && y.length === 1 ? y[0] : undefined)],
    [dicts, (x: Json): Json => ({ k: x }), (y: Value): Value => (isObject(y) && Object.keys(y).length === 1 ? (y.k as Json) : undefined)],
  ] as const) {
    if (found.length === 0) continue
    const { input } = found[0]
    const one: Step = (element) => {
      const output = step(withAt(input, path, wrap(element)))
      const result = output && unwrap(get(output, path))
      return isObject(result) ? (result as JsonObject) : null
    }
    const contexts: JsonObject[] = []
    for (const run of found) {
      for (const element of Object.values(get(run.input, path) as object)) {
        if (isObject(element) && !contexts.some((known) => same(known, element))) contexts.push(element as JsonObject)
      }
    }
    const values = new Map<string, Json[]>()
    for (const name of world.names) values.set(name, ODD.slice(0, 10))
    for (const [place, known] of world.values) if (place.startsWith(`${key}/*/`)) values.set(place.slice(key.length + 3), known)
    const ops = propose(one, { contexts, values, names: world.names, impossible: () => false }, depth + 1)
    if (ops) return [{ each: { at: at(path), do: ops } }]
  }
  return null
}

function isDictionary(value: Value): boolean {
  return isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isObject)
}

/** One way for some values of another place, one for all others. */
function conditional(path: Path, runs: Run[], depended: string[], step: Step, world: World, depth: number): Origin | null {
  const key = path.join('/')
  for (const place of depended) {
    if (place === key || place.startsWith(`${key}/`)) continue
    const condition = place.split('/')
    const [there, missing] = [runs.filter(({ input }) => get(input, condition) !== undefined), runs.filter(({ input }) => get(input, condition) === undefined)]
    if (there.length > 0 && missing.length > 0) {
      const [then, otherwise] = [missing, there].map((part) => explain(path, part, step, world, depth + 1))
      if (then && otherwise) return { kind: 'when', path: condition, values: null, then, otherwise }
    }
    // Each value by itself; those that go the same way are one.
    const byValue = new Map<string, { value: Json; runs: Run[] }>()
    for (const run of there) {
      const value = get(run.input, condition)!
      if (!isPrimitive(value)) continue
      const entry = byValue.get(canonical(value)) ?? { value, runs: [] }
      entry.runs.push(run)
      byValue.set(canonical(value), entry)
    }
    const ways = new Map<string, { origin: Origin; values: Json[] }>()
    for (const { value, runs: part } of byValue.values()) {
      const origin = explain(path, part, step, world, depth + 2)
      if (!origin) continue
      const way = ways.get(canonical(origin)) ?? { origin, values: [] }
      way.values.push(value)
      ways.set(canonical(origin), way)
    }
    for (const { values, origin: then } of [...ways.values()].sort((a, b) => a.values.length - b.values.length).slice(0, 3)) {
      const within = (run: Run) => values.some((value) => same(value, get(run.input, condition)))
      const otherwise = explain(path, runs.filter((run) => !within(run)), step, world, depth + 2)
      if (otherwise && !same(then, otherwise)) {
        values.sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1))
        return { kind: 'when', path: condition, values, then, otherwise }
      }
    }
  }
  return null
}

/** In an order in which nothing is overwritten that is still needed. */
function compose(origins: [Path, Origin][]): Op[] | null {
  const flat: [Path, Origin][] = []
  const containers: Op[] = []
  const flatten = (list: [Path, Origin][]) => {
    for (const [path, origin] of list) {
      if (origin.kind !== 'parts') flat.push([path, origin])
      else {
        if (origin.fresh) {
          const constants = origin.parts.filter(([, part]) => part.kind === 'const')
          const object = Object.fromEntries(constants.map(([inner, part]) => [inner.at(-1)!, (part as { value: Json }).value]))
          containers.push({ set: { [at(path)]: object } })
          flatten(origin.parts.filter(([, part]) => part.kind !== 'const' && part.kind !== 'gone'))
        } else flatten(origin.parts)
      }
    }
  }
  flatten(origins)

  const result: Op[] = []
  for (const [path, origin] of flat) {
    if (origin.kind !== 'when') continue
    const condition: JsonObject = origin.values === null ? { at: at(origin.path), missing: true } : origin.values.length === 1 ? { at: at(origin.path), is: origin.values[0] } : { at: at(origin.path), in: origin.values }
    const [then, otherwise] = [origin.then, origin.otherwise].map((branch) => composeBranch(path, branch))
    if (!then || !otherwise) return null
    result.push(otherwise.length > 0 ? { when: condition, do: then, otherwise } : { when: condition, do: then })
  }

  const isGone = (path: Path): boolean => flat.some(([other, { kind }]) => kind === 'gone' && isPrefix(other, path))
  const moves = flat.flatMap(([to, origin]) => (origin.kind === 'from' ? [{ from: origin.path, to, ops: origin.ops }] : []))
  // A new object may stand where something is taken from: then it has to wait, and there is no simple order.
  if (containers.some((op) => moves.some(({ from }) => Object.keys(op.set!).some((place) => place === at(from) || isPrefix([place], from))))) return null
  result.push(...containers)
  const pending = [...moves]
  const moved = new Set<string>()
  while (pending.length > 0) {
    const next = pending.findIndex((move) => !pending.some((other) => other !== move && (isPrefix(move.to, other.from) || isPrefix(other.from, move.to))))
    if (next < 0) return null
    const [{ from, to }] = pending.splice(next, 1)
    const last = !pending.some((other) => isPrefix(from, other.from))
    const goneHere = flat.some(([other, { kind }]) => kind === 'gone' && same(other, from))
    if (last && goneHere) {
      moved.add(at(from))
      const together = from.length === to.length && same(from.slice(0, -1), to.slice(0, -1))
      result.push(together ? { rename: { [at(from)]: to.at(-1)! } } : { move: { [at(from)]: at(to) } })
    } else result.push(isGone(from) || !last ? { copy: { [at(from)]: at(to) } } : { copy: { [at(from)]: at(to) } })
  }
  for (const { ops } of moves) result.push(...ops)
  for (const [, origin] of flat) if (origin.kind === 'here') result.push(...origin.ops)
  const constants = flat.flatMap(([path, origin]) => (origin.kind === 'const' ? [[at(path), origin.value] as const] : []))
  if (constants.length > 0) result.push({ set: Object.fromEntries(constants) })
  const gone = flat.filter(([path, { kind }]) => kind === 'gone' && !moved.has(at(path))).map(([path]) => at(path))
  if (gone.length > 0) result.push({ remove: gone.length === 1 ? gone[0] : gone })
  return merged(result)
}

function composeBranch(path: Path, origin: Origin): Op[] | null {
  return origin.kind === 'keep' ? [] : compose([[path, origin]])
}

/** Neighbours of one kind are one operation. */
function merged(ops: Op[]): Op[] {
  const result: Op[] = []
  for (const op of ops) {
    const last = result.at(-1)
    const [kind] = Object.keys(op)
    if (last && ['set', 'add', 'rename', 'move', 'copy'].includes(kind) && has(last, kind)) {
      const [a, b] = [last[kind] as JsonObject, op[kind] as JsonObject]
      const apart = Object.keys(b).every((place) => !Object.keys(a).some((other) => other === place || place.startsWith(`/${other}`) || place.startsWith(other)))
      if (apart && kind !== 'rename' && kind !== 'move' && kind !== 'copy') {
        Object.assign(a, b)
        continue
      }
      if (apart && !Object.keys(b).some((place) => Object.values(a).includes(place)) && !Object.values(b).some((place) => has(a, place as string))) {
        Object.assign(a, b)
        continue
      }
    }
    result.push(copyOf(op))
  }
  return result
}

/** Whether the operations do what the code does: on every value that was thought of, and on hundreds that nobody would think of. */
function agrees(step: Step, ops: Op[], world: World, seed: number): boolean {
  const random = new Random(seed)
  const numeric = new Set(ops.flatMap((op) => (op.multiply ? [(op.multiply as JsonObject).at as string] : [])))
  const check = (input: JsonObject): boolean => {
    for (const place of numeric) if (!['number', 'undefined'].includes(typeof input[place])) return true
    const expected = step(input)
    if (!expected) return true
    let actual: Json | null = null
    try {
      actual = apply(ops, copyOf(input))
    } catch {
      actual = null
    }
    const ok = (actual !== null && same(actual, expected)) || world.impossible(input, expected)
    return ok
  }
  for (const { input } of runsOf(step, world)) if (!check(input)) return false
  const keys = [...world.values.keys()].filter((key) => !key.includes('/'))
  for (let i = 0; i < 800; i++) {
    const input = copyOf(random.of(world.contexts))
    for (const key of keys) {
      if (!random.chance(0.3)) continue
      const value = random.chance(0.15) ? undefined : random.of(world.values.get(key)!)
      if (value === undefined) delete input[key]
      else input[key] = copyOf(value)
    }
    if (random.chance(0.6) && !check(freshFields(input, random))) return false
    const odd = random.chance(0.5) ? (mutated(input, random, world.names.length > 0 ? world.names : ['a']) as JsonObject) : input
    if (isObject(odd) && !check(odd as JsonObject)) return false
  }
  return true
}

function freshFields(input: JsonObject, random: Random): JsonObject {
  return Object.fromEntries(Object.entries(input).map(([key, value]) => [key, random.chance(0.6) ? fresh(value, random) : value]))
}

/** The same with other texts and numbers: what only fits the values that were tried does not fit these. */
function fresh(value: Json, random: Random): Json {
  if (Array.isArray(value)) {
    const parts = value.flatMap((part) => (random.chance(0.2) ? [] : random.chance(0.2) ? [part, part] : [part]))
    return (random.chance(0.3) ? parts.reverse() : parts).map((part) => fresh(part, random))
  }
  if (isObject(value)) {
    // Names too: of a dictionary they are values.
    const named = random.chance(0.3)
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [named && random.chance(0.5) ? `${name}${random.below(9)}` : name, fresh(part as Json, random)]),
    )
  }
  if (random.chance(0.4)) return value
  if (typeof value === 'number') return random.of([random.below(1000) + 2, random.below(100000) / 8, -random.below(500)])
  if (typeof value === 'string') return random.of([`fresh ${random.below(1e6)}`, String(random.below(3000))])
  return value
}

function get(value: unknown, path: Path): Value {
  let here: unknown = value
  for (const step of path) {
    if (!isObject(here) || !has(here, step)) return undefined
    here = here[step]
  }
  return here as Value
}

function withAt(value: JsonObject, path: Path, part: Value): JsonObject {
  const result = copyOf(value)
  return putAt(result, path, part === undefined ? undefined : copyOf(part))
}

function putAt(result: JsonObject, path: Path, part: Value): JsonObject {
  let here: JsonObject = result
  for (const step of path.slice(0, -1)) {
    if (!isObject(here[step])) here[step] = {}
    here = here[step] as JsonObject
  }
  if (part === undefined) delete here[path.at(-1)!]
  else here[path.at(-1)!] = part
  return result
}

function isPrefix(a: Path, b: Path): boolean {
  return a.length <= b.length && a.every((step, i) => step === b[i])
}

function isPrimitive(value: Json): boolean {
  return typeof value !== 'object' || value === null
}

function finite(n: number): number | null {
  return Number.isFinite(n) ? n : null
}
