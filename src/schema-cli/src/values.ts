import { isObject, type Json } from './json'
import type { Random } from './random'
import type { V } from './validators'

/** Values that a validator of the file accepts: the plain one first. Names make what can be told apart different. */
export function samples(v: V | undefined, name: string, styles: Record<string, V>, depth = 0): Json[] {
  if (v === undefined) return ODD.slice()
  if (typeof v === 'string') return texts(v, name)
  if (isObject(v)) {
    const o = v as Record<string, any>
    const inner = (of: V, part: string) => samples(of, `${name}.${part}`, styles, depth + 1)
    if ('literal' in o) return [o.literal]
    if (o.enum) return [...o.enum]
    if ('optional' in o) return inner(o.optional, '')
    if ('nullable' in o) return [...inner(o.nullable, ''), null]
    if (o.or) return [...inner(o.or[0], 'a'), ...inner(o.or[1], 'b')]
    if (o.style) return styles[o.style] === undefined ? ['black'] : samples(styles[o.style], name, styles, depth)
    if (o.id) return [o.id].flat().flatMap((id: string) => [`${id}:${name}`, `${id}:other`])
    if (o.array !== undefined) {
      const elements = inner(o.array, 'e')
      const two = [elements[0], elements[1 % elements.length]]
      return [two, [elements.at(-1)!], [...elements.slice(0, 4)], ...(o.atLeast ? [] : [[]])].filter((list) => list.length >= (o.atLeast ?? 0))
    }
    if (o.dict !== undefined) {
      const values = inner(o.dict, 'v')
      const keys = o.keys === undefined ? ['k1', 'k2'] : (inner(o.keys, 'k').slice(0, 2) as string[])
      return [{ [keys[0]]: values[0], ...(keys[1] ? { [keys[1]]: values.at(-1)! } : {}) }, {}]
    }
    if (o.object) return objects(o.object, name, styles, depth)
    if (o.union) return Object.values<V>(o.union).flatMap((variant, i) => inner(variant, String(i)).slice(0, 4))
  }
  return ['?']
}

function objects(fields: Record<string, V>, name: string, styles: Record<string, V>, depth: number): Json[] {
  const all = Object.entries(fields).map(([key, v]) => [key, samples(v, `${name}.${key}`, styles, depth + 1), isObject(v) && 'optional' in v] as const)
  const width = Math.min(6, Math.max(1, ...all.map(([, values]) => values.length)))
  const result: Json[] = []
  for (let i = 0; i < width; i++) result.push(Object.fromEntries(all.map(([key, values]) => [key, values[i % values.length]])))
  if (all.some(([, , optional]) => optional)) {
    result.push(Object.fromEntries(all.filter(([, , optional]) => !optional).map(([key, values]) => [key, values[0]])))
  }
  return result
}

function hash(text: string): number {
  let h = 7
  for (const c of text) h = (h * 31 + c.charCodeAt(0)) % 9973
  return h
}

function texts(v: string, name: string): Json[] {
  const n = hash(name) + 11
  switch (v) {
    case 'string':
      return [`text ${name}`, '', 'another', '12']
    case 'number':
      return [n + 0.5, 0, -n, 1, 2]
    case 'positiveNumber':
      return [n + 0.25, 0, 1]
    case 'nonZeroNumber':
      return [n + 0.25, 1, 0.5]
    case 'nonZeroFiniteNumber':
      return [n + 0.25, -1, 1]
    case 'unitInterval':
      return [0.5, 0, 1, 0.25]
    case 'integer':
      return [n, 0, -3, 1]
    case 'positiveInteger':
      return [n, 0, 1]
    case 'nonZeroInteger':
      return [n, 1, 2]
    case 'boolean':
      return [true, false]
    case 'indexKey':
      return ['a1', 'a2', 'a1V', 'Zz']
    case 'linkUrl':
      return ['https://example.com/a', '', 'mailto:a@example.com', '/a']
    case 'srcUrl':
      return ['https://example.com/a.png', '', 'data:text/plain,a', 'asset:a']
    case 'httpUrl':
      return ['https://example.com/', '', 'http://example.com/a?b']
    case 'richText':
      return [
        { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: `rich ${name}` }] }] },
        { type: 'doc', content: [] },
        { type: 'doc', content: [{ type: 'paragraph' }], attrs: { dir: 'auto' } },
      ]
    case 'array':
      return [[1, 'a'], [], [{ a: 1 }]]
    case 'anyObject':
    case 'jsonDict':
      return [{ a: name }, {}, { b: [1, { c: null }] }]
    default:
      return [`any ${name}`, 1, null, { a: [true] }, []]
  }
}

/** Values of every kind, for places of which nothing is known. */
export const ODD: readonly Json[] = [
  'text', 7, true, false, null, 0, 1, -2.5, '', '0', 'true', [], ['a', 'b'], {}, { a: 1 }, [{ a: 1 }, { b: 'x' }], [[]], { a: { b: 'c' } }, [null, 1],
] // prettier-ignore

/** A value that is close to the given one, and perhaps wrong. */
export function mutated(value: Json, random: Random, names: readonly string[] = ['a']): Json {
  if (random.chance(0.25)) return random.of(ODD) as Json
  if (Array.isArray(value) && value.length > 0) {
    const i = random.below(value.length)
    if (random.chance(0.3)) return value.filter((_, j) => j !== i)
    if (random.chance(0.2)) return [...value, value[i]]
    return value.map((element, j) => (j === i ? mutated(element, random, names) : element))
  }
  if (isObject(value)) {
    const keys = Object.keys(value)
    if (keys.length === 0 || random.chance(0.15)) return { ...value, [random.of(names)]: random.of(ODD) } as Json
    const key = random.of(keys)
    if (random.chance(0.3)) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Json
    return { ...value, [key]: mutated(value[key] as Json, random, names) } as Json
  }
  if (typeof value === 'number') return random.of([-value, value + 0.5, String(value), value * 1e6, 0])
  if (typeof value === 'string') return random.of([`${value}x`, '', value.toUpperCase(), ` ${value}`, value.length])
  return random.of(ODD) as Json
}
