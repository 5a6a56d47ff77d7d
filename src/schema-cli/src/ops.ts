import { copyOf, has, isObject, put, same, type Json, type JsonObject } from './json'

/** One operation of a step, as the schema file has it. */
export type Op = JsonObject

/** The step cannot be done on this value. */
export class StepFailure extends Error {}

type Any = Record<string, any>

/** Does the operations on a value, in place. This is how a server reads them. */
export function apply(ops: readonly Op[], value: Json): Json {
  for (const op of ops) one(op as Any, value)
  return value
}

function one(op: Any, root: Json): void {
  if (op.set) for (const [at, v] of Object.entries<Json>(op.set)) write(root, at, copyOf(v))
  else if (op.add) for (const [at, v] of Object.entries<Json>(op.add)) if (read(root, at) === undefined) write(root, at, copyOf(v)); else place(root, at)
  else if (op.remove !== undefined) for (const at of [op.remove].flat()) write(root, at, undefined)
  else if (op.rename) for (const [at, name] of Object.entries<string>(op.rename)) carry(root, at, sibling(at, name), true)
  else if (op.move) for (const [from, to] of Object.entries<string>(op.move)) carry(root, from, to, true)
  else if (op.copy) for (const [from, to] of Object.entries<string>(op.copy)) carry(root, from, to, false)
  else if (op.map) {
    const pairs: [any, any][] = Array.isArray(op.map.values) ? op.map.values : Object.entries(op.map.values)
    change(root, op.map.at, (v) => {
      const pair = pairs.find(([from]) => same(from, v))
      return pair ? copyOf(pair[1]) : 'otherwise' in op.map ? copyOf(op.map.otherwise) : v
    })
  } else if (op.wrap) change(root, op.wrap.at, (v) => ({ [op.wrap.as]: v }))
  else if (op.unwrap) change(root, op.unwrap.at, (v) => (isObject(v) ? (v as any)[op.unwrap.as] : v))
  else if (op.toList) change(root, op.toList, (v) => [v])
  else if (op.firstOfList) change(root, op.firstOfList, (v) => (Array.isArray(v) ? v[0] : v))
  else if (op.toNumber) change(root, op.toNumber, (v) => (isPrimitive(v) ? finite(Number(v)) : v))
  else if (op.toText) change(root, op.toText, (v) => (isPrimitive(v) ? String(v) : v))
  else if (op.multiply) change(root, op.multiply.at, (v) => (typeof v === 'number' ? finite(v * op.multiply.by) : v))
  else if (op.each) {
    const list = read(root, op.each.at)
    const elements = Array.isArray(list) ? list : isObject(list) ? Object.values(list) : []
    for (const element of elements) if (isObject(element)) apply(op.each.do, element as Json)
  } else if (op.when) apply(holds(op.when, root) ? (op.do ?? []) : (op.otherwise ?? []), root)
  else throw new Error(`unknown operation ${Object.keys(op)}`)
}

function holds(when: Any, root: Json): boolean {
  const v = read(root, when.at)
  if (when.missing) return v === undefined
  const values = 'is' in when ? [when.is] : when.in
  return v !== undefined && values.some((value: Json) => same(value, v))
}

export function steps(at: string): string[] {
  return at.startsWith('/') ? at.slice(1).split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')) : [at]
}

/** The shorter way to write a place. */
export function at(path: readonly string[]): string {
  return path.length === 1 && path[0] !== '' && !path[0].startsWith('/')
    ? path[0]
    : path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function sibling(place: string, name: string): string {
  return at([...steps(place).slice(0, -1), name])
}

function place(root: Json, where: string): { holder: Any; name: string } {
  const path = steps(where)
  let holder: any = root
  for (const step of path.slice(0, -1)) holder = own(holder, step)
  if (typeof holder !== 'object' || holder === null) throw new StepFailure(where)
  return { holder, name: path.at(-1)! }
}

function own(holder: any, name: string): any {
  if (typeof holder !== 'object' || holder === null) throw new StepFailure(name)
  return !Array.isArray(holder) && has(holder, name) ? holder[name] : undefined
}

function read(root: Json, where: string): Json | undefined {
  const { holder, name } = place(root, where)
  return own(holder, name)
}

function write(root: Json, where: string, v: Json | undefined): void {
  const { holder, name } = place(root, where)
  if (Array.isArray(holder)) return
  if (v === undefined) delete holder[name]
  else put(holder, name, v)
}

function carry(root: Json, from: string, to: string, away: boolean): void {
  const v = read(root, from)
  place(root, to)
  if (away) write(root, from, undefined)
  write(root, to, v === undefined ? undefined : copyOf(v))
}

function change(root: Json, where: string, how: (v: Json) => Json | undefined): void {
  const v = read(root, where)
  if (v !== undefined) write(root, where, how(v))
}

function isPrimitive(v: Json): boolean {
  return typeof v !== 'object' || v === null
}

function finite(n: number): number | null {
  return Number.isFinite(n) ? n : null
}
