import type { SeriesName, Server } from '../api'
import { number } from '../ui'
import { Chart } from './Chart'
import { clockTime, hourOf } from './series'

const millis = (value: number) => `${value < 10 ? value.toFixed(1) : number(Math.round(value))} ms`

interface Shown {
  name: SeriesName
  title: string
  kind: 'counted' | 'measured'
  format: (value: number) => string
  tone?: 'bad'
}

const SHOWN: Shown[] = [
  { name: 'pushes', title: 'Changes sent by clients', kind: 'counted', format: number },
  { name: 'commits', title: 'Commits to the store', kind: 'counted', format: number },
  { name: 'commitMillis', title: 'Time of a commit', kind: 'measured', format: millis },
  { name: 'connections', title: 'Connections', kind: 'measured', format: number },
  { name: 'rooms', title: 'Boards open', kind: 'measured', format: number },
  { name: 'closes', title: 'Closed to come back', kind: 'counted', format: number },
  { name: 'refusals', title: 'Sent away', kind: 'counted', format: number, tone: 'bad' },
  { name: 'limits', title: 'Limits hit', kind: 'counted', format: number, tone: 'bad' },
]

/** What has gone on in the last hour, as charts and as numbers; who was sent away, and why. */
export function LastHour({ server }: { server: Server }) {
  const hour = hourOf(server)
  const { series } = server.lastHour
  return (
    <div className="server">
      <section aria-labelledby="minutes">
        <h2 id="minutes">Minute by minute</h2>
        {hour.first > 0 && (
          <p className="soft server__note">The server has run since {clockTime(new Date(server.node.started))}.</p>
        )}
        <div className="charts">
          {SHOWN.map(({ name, ...chart }) => (
            <Chart key={name} hour={hour} values={series[name]} {...chart} />
          ))}
        </div>
        <details className="numbers">
          <summary>All numbers as a table</summary>
          <div className="numbers__frame" tabIndex={0} role="region" aria-label="The last hour in numbers">
            <table>
              <thead>
                <tr>
                  <th scope="col">Minute</th>
                  {SHOWN.map(({ name, title }) => (
                    <th key={name} scope="col">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {hour.times
                  .map((time, at) => ({ time, at }))
                  .slice(hour.first)
                  .reverse()
                  .map(({ time, at }) => (
                    <tr key={at}>
                      <th scope="row">{clockTime(time)}</th>
                      {SHOWN.map(({ name, format }) => {
                        const value = series[name][at]
                        return <td key={name}>{value === null ? '–' : format(value)}</td>
                      })}
                    </tr>
                  ))}
              </tbody>
            </table>
          </div>
        </details>
      </section>

      <Reasons
        id="refusals"
        title="Who was sent away"
        none="Nobody was sent away in the last hour."
        reasons={server.refusals.map(({ reason, ...rest }) => ({ name: reason, ...rest }))}
      />
      <Reasons
        id="limits"
        title="Which limits were hit"
        none="No limit was hit in the last hour."
        reasons={server.limits.map(({ limit, ...rest }) => ({ name: limit, ...rest }))}
      />
    </div>
  )
}

interface ReasonsProps {
  id: string
  title: string
  none: string
  reasons: { name: string; count: number; means: string }[]
}

function Reasons({ id, title, none, reasons }: ReasonsProps) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {reasons.length === 0 ? (
        <p className="soft">{none}</p>
      ) : (
        <ul className="reasons">
          {reasons.map(({ name, count, means }) => (
            <li key={name}>
              <span className="reasons__count numeric">
                {number(count)}
                <span className="only-heard"> times</span>
              </span>
              <div>
                <code>{name}</code>
                <p>{means}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
