import type { Json } from './json'

/** JSON to be read and compared by people: what is short stands on one line. */
export function layout(value: Json): string {
  return `${lines(value, '', 0)}\n`
}

const WIDTH = 120

function lines(value: Json, indent: string, before: number): string {
  const flat = oneLine(value)
  if (indent !== '' && indent.length + before + flat.length < WIDTH) return flat
  const inner = `${indent}  `
  if (Array.isArray(value) && value.length > 0) {
    return `[\n${value.map((element) => inner + lines(element, inner, 1)).join(',\n')}\n${indent}]`
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    const entries = Object.entries(value).map(([name, part]) => {
      const key = `${JSON.stringify(name)}: `
      return inner + key + lines(part, inner, key.length + 1)
    })
    return `{\n${entries.join(',\n')}\n${indent}}`
  }
  return flat
}

function oneLine(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}: ${oneLine(part)}`)
    return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}'
  }
  return JSON.stringify(value)
}
