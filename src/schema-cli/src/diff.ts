import { compareText, has, isObject, same, type JsonObject } from './json'
import { pointer } from './validators'

/** Parts of a file that say nothing to a server. */
const REMARKS = new Set(['$schema', '$comment', 'description'])
/** Parts where these are names that somebody chose. */
const NAMED = new Set(['styles', 'definitions', 'shapes', 'bindings', 'assets', 'records', 'sequences', 'props', 'meta', 'fields', 'object', 'union', 'defaults'])

/** Where two descriptions differ: a line for each place, in the order of the places. */
export function differences(a: JsonObject, b: JsonObject): string[] {
  const found: string[] = []
  compare(a, b, '', null, found)
  return found
}

function compare(a: unknown, b: unknown, place: string, name: string | null, found: string[]): void {
  if (same(a, b)) return
  if (isObject(a) && isObject(b)) {
    const named = name !== null && NAMED.has(name)
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(compareText)
    // A validator of another kind is one difference, not two.
    if (!named && place !== '' && keys.every((key) => !(has(a, key) && has(b, key)))) {
      found.push(`${place}: ${show(a)} | ${show(b)}`)
      return
    }
    for (const key of keys) {
      if (!named && REMARKS.has(key)) continue
      if (place === '' && key === 'tldraw') continue
      const at = `${place}/${pointer(key)}`
      if (!has(b, key)) found.push(`${at}: only in the first: ${show(a[key])}`)
      else if (!has(a, key)) found.push(`${at}: only in the second: ${show(b[key])}`)
      else compare(a[key], b[key], at, named ? null : key, found)
    }
  } else if (Array.isArray(a) && Array.isArray(b) && name === 'migrations') {
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      const at = `${place}/${i}`
      if (i >= b.length) found.push(`${at}: only in the first: ${show(a[i])}`)
      else if (i >= a.length) found.push(`${at}: only in the second: ${show(b[i])}`)
      else compare(a[i], b[i], at, null, found)
    }
  } else if (Array.isArray(a) && Array.isArray(b) && (name === 'enum' || name === 'id')) {
    const [gone, come] = [a.filter((value) => !b.includes(value)), b.filter((value) => !a.includes(value))]
    if (gone.length > 0) found.push(`${place}: only in the first: ${gone.map((value) => JSON.stringify(value)).join(', ')}`)
    if (come.length > 0) found.push(`${place}: only in the second: ${come.map((value) => JSON.stringify(value)).join(', ')}`)
  } else {
    found.push(`${place}: ${show(a)} | ${show(b)}`)
  }
}

function show(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 160 ? `${text.slice(0, 157)}…` : text
}
