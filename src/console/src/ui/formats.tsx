import { useSyncExternalStore } from 'react'

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** A number of bytes as one says it: `1.4 MB`. */
export function bytes(value: number): string {
  let unit = 0
  let rest = value
  while (rest >= 999.5 && unit < UNITS.length - 1) {
    rest /= 1024
    unit++
  }
  return `${unit > 0 && rest < 9.95 ? rest.toFixed(1) : Math.round(rest)} ${UNITS[unit]}`
}

export function number(value: number): string {
  return value.toLocaleString('en')
}

/** `1 board`, `2 boards`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${number(count)} ${count === 1 ? one : many}`
}

export function Bytes({ value }: { value: number }) {
  return <span title={`${number(value)} bytes`}>{bytes(value)}</span>
}

/** A time as one says it, `3 minutes ago`, and exactly when it is pointed at. It goes on with the clock. */
export function Time({ value }: { value: string }) {
  const now = useNow()
  const time = new Date(value)
  return (
    <time dateTime={value} title={exactly(time)}>
      {relative(time.getTime(), now)}
    </time>
  )
}

export function exactly(time: Date): string {
  return time.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

export function relative(time: number, now: number): string {
  const seconds = Math.round((time - now) / 1000)
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit)
  }
  // Or in a moment: clocks of servers and browsers differ by seconds.
  return 'just now'
}

/** `3 h 20 min`, of seconds. */
export function duration(seconds: number): string {
  const parts: [string, number][] = [
    ['d', 86_400],
    ['h', 3_600],
    ['min', 60],
    ['s', 1],
  ]
  const first = parts.findIndex(([, size]) => seconds >= size)
  if (first < 0) return '0 s'
  let rest = Math.floor(seconds)
  const said = []
  for (const [name, size] of parts.slice(first, first + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) said.push(`${count} ${name}`)
  }
  return said.join(' ')
}

// One clock for all times on the page.
let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function useNow(): number {
  return useSyncExternalStore(follow, () => now)
}

function follow(tell: () => void): () => void {
  listeners.add(tell)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 15_000)
  return () => {
    listeners.delete(tell)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
