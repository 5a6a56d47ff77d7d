import type { Server } from '../api'

/** The last hour as charts need it. */
export interface Hour {
  /** When each minute began. */
  times: Date[]
  /** Of the first minute in which the server ran; what is before it was not measured. */
  first: number
}

export type Values = readonly (number | null)[]

export function hourOf({ lastHour, node }: Pick<Server, 'lastHour' | 'node'>): Hour {
  const from = Date.parse(lastHour.from)
  const step = lastHour.stepSeconds * 1000
  const count = lastHour.series.pushes.length
  const first = Math.floor((Date.parse(node.started) - from) / step)
  return {
    times: Array.from({ length: count }, (_, at) => new Date(from + at * step)),
    first: Math.min(Math.max(first, 0), count - 1),
  }
}

export function clockTime(time: Date): string {
  return time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

export function sum(values: Values): number {
  return values.reduce((all: number, value) => all + (value ?? 0), 0)
}

/** Where the largest value is, the last of several; −1 where there is none, or only zeros. */
export function peak(values: Values): number {
  let at = -1
  values.forEach((value, index) => {
    if (value !== null && value > 0 && (at < 0 || value >= (values[at] ?? 0))) at = index
  })
  return at
}

/** The smallest round number that is not below a value: what the top of a chart is. */
export function roundUp(value: number): number {
  if (value <= 0) return 1
  const size = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((each) => each * size >= value) ?? 10
  return step * size
}

/** Runs of minutes that have a value, from the first one on. */
export function runs(values: Values, first: number): number[][] {
  const found: number[][] = []
  let run: number[] = []
  values.forEach((value, at) => {
    if (value !== null && at >= first) {
      run.push(at)
      return
    }
    if (run.length > 0) found.push(run)
    run = []
  })
  if (run.length > 0) found.push(run)
  return found
}
