import { useId, useState, type PointerEvent } from 'react'
import { clockTime, peak, roundUp, runs, sum, type Hour, type Values } from './series'

interface ChartProps {
  title: string
  hour: Hour
  values: Values
  /** A value in words. */
  format: (value: number) => string
  /** What is counted has a sum; what is measured has a value at each moment. */
  kind: 'counted' | 'measured'
  /** Whether any of it is something to look at. */
  tone?: 'normal' | 'bad'
}

const WIDTH = 600
const HEIGHT = 96

/** One series of the last hour. Whoever does not see it is told what it shows; each number is in the table below. */
export function Chart({ title, hour, values, format, kind, tone = 'normal' }: ChartProps) {
  const id = useId()
  const [pointed, setPointed] = useState<number | null>(null)
  const top = roundUp(Math.max(0, ...values.map((value) => value ?? 0)))
  const step = WIDTH / values.length
  const y = (value: number) => HEIGHT - (value / top) * (HEIGHT - 4)
  const last = values.length - 1
  const shown = pointed ?? last

  function point(event: PointerEvent<SVGSVGElement>) {
    const box = event.currentTarget.getBoundingClientRect()
    const at = Math.floor(((event.clientX - box.left) / box.width) * values.length)
    setPointed(Math.min(Math.max(at, 0), last))
  }

  return (
    <figure className={`chart chart--${tone}`} aria-labelledby={`${id}-title`}>
      <figcaption className="chart__head">
        <span id={`${id}-title`} className="chart__title">
          {title}
        </span>
        <span className="chart__value numeric" aria-hidden="true">
          {kind === 'counted' && pointed === null ? `${format(sum(values))} in all` : said(values[shown], format)}
          <span className="soft"> {pointed === null ? (kind === 'counted' ? '' : 'now') : clockTime(hour.times[shown])}</span>
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={describe(title, values, hour, format, kind)}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="chart__plot"
        onPointerMove={point}
        onPointerLeave={() => setPointed(null)}
      >
        {hour.first > 0 && <rect className="chart__before" x={0} y={0} width={hour.first * step} height={HEIGHT} />}
        <line className="chart__top" x1={0} x2={WIDTH} y1={y(top)} y2={y(top)} />
        <line className="chart__base" x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        {kind === 'counted'
          ? values.map(
              (value, at) =>
                value !== null &&
                value > 0 && (
                  <rect
                    key={at}
                    className={at === last ? 'chart__bar chart__bar--running' : 'chart__bar'}
                    x={at * step + 1}
                    width={step - 2}
                    y={Math.min(y(value), HEIGHT - 2)}
                    height={Math.max(HEIGHT - y(value), 2)}
                  />
                ),
            )
          : runs(values, hour.first).map((run) => (
              <polyline
                key={run[0]}
                className="chart__line"
                points={(run.length === 1 ? [run[0], run[0] + 0.5] : run)
                  .map((at) => `${(at + 0.5) * step},${y(values[Math.floor(at)] ?? 0)}`)
                  .join(' ')}
              />
            ))}
        {pointed !== null && <line className="chart__pointed" x1={(pointed + 0.5) * step} x2={(pointed + 0.5) * step} y1={0} y2={HEIGHT} />}
      </svg>
      <div className="chart__axis numeric" aria-hidden="true">
        <span>{clockTime(hour.times[0])}</span>
        <span>top {format(top)}</span>
        <span>now</span>
      </div>
    </figure>
  )
}

function said(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? 'none' : format(value)
}

function describe(title: string, values: Values, hour: Hour, format: (value: number) => string, kind: ChartProps['kind']): string {
  const most = peak(values)
  if (most < 0) return `${title}: none in the last hour.`
  const all = kind === 'counted' ? `${format(sum(values))} in the last hour, ` : ''
  return `${title}: ${all}at most ${said(values[most], format)} at ${clockTime(hour.times[most])}, ${said(values.at(-1), format)} ${
    kind === 'counted' ? 'in the running minute' : 'now'
  }.`
}
