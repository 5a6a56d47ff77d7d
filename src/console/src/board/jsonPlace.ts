/**
 * In which line of a JSON text the value is to which a path leads, as the server names it: keys and indices with dots
 * between. Keys with dots in them are found too. As far as it can be followed; `null` when that is nowhere.
 */
export function lineOfPath(text: string, path: string): number | null {
  let at = skip(text, 0)
  let found: number | null = null
  let rest = path
  while (rest !== '') {
    const step = child(text, at, rest)
    if (!step) break
    found = step.from
    at = step.value
    rest = step.rest
  }
  return found === null ? null : lineAt(text, found)
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** Where parsing has failed, if the browser says so. */
export function lineOfSyntaxError(text: string, { message }: Error): number | null {
  const line = /line (\d+)/.exec(message)
  if (line) return Number(line[1])
  const position = /position (\d+)/.exec(message)
  return position ? lineAt(text, Number(position[1])) : null
}

interface Step {
  /** Where the member begins. */
  from: number
  /** Where its value begins. */
  value: number
  /** What of the path lies behind it. */
  rest: string
}

function child(text: string, at: number, path: string): Step | null {
  if (text[at] !== '{' && text[at] !== '[') return null
  const isObject = text[at] === '{'
  let next = skip(text, at + 1)
  for (let index = 0; next < text.length && text[next] !== '}' && text[next] !== ']'; index++) {
    const from = next
    let key = String(index)
    if (isObject) {
      const end = endOfString(text, next)
      key = unquoted(text.slice(next, end))
      next = skip(text, skip(text, end) + 1)
    }
    if (path === key || path.startsWith(`${key}.`)) return { from, value: next, rest: path.slice(key.length + 1) }
    next = skip(text, endOfValue(text, next))
    if (text[next] === ',') next = skip(text, next + 1)
  }
  return null
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function skip(text: string, at: number): number {
  while (at < text.length && /\s/.test(text[at])) at++
  return at
}

function endOfString(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === '\\') end++
    else if (text[end] === '"') return end + 1
  }
  return text.length
}

function endOfValue(text: string, at: number): number {
  if (text[at] === '"') return endOfString(text, at)
  let depth = 0
  for (let end = at; end < text.length; end++) {
    const char = text[end]
    if (char === '"') end = endOfString(text, end) - 1
    else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') {
      if (depth === 0) return end
      if (--depth === 0) return end + 1
    } else if (char === ',' && depth === 0) return end
  }
  return text.length
}
