import type { Server } from '../api'

/** Whether the server is well, and what to do if not. */
export function Health({ health }: { health: Server['health'] }) {
  return (
    <section aria-labelledby="health">
      <h2 id="health">
        Health <Status status={health.status} />
      </h2>
      {health.components.length === 0 ? (
        <p className="soft">Nothing is watched.</p>
      ) : (
        <ul className="health">
          {health.components.map((part) => (
            <li key={part.name}>
              <div className="health__part">
                <strong>{NAMES[part.name] ?? part.name}</strong> <Status status={part.status} />
              </div>
              {part.detail && <p className="soft">{part.detail}</p>}
              {part.whatToDo && <p>{part.whatToDo}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const NAMES: { [name: string]: string } = {
  store: 'Store of boards',
  history: 'Versions of boards',
  rooms: 'Boards',
  livenessState: 'The program',
  readinessState: 'Ready for clients',
}

const STATUS: { [status: string]: [words: string, tone: string] } = {
  UP: ['well', 'badge--good'],
  DOWN: ['not well', 'badge--bad'],
  OUT_OF_SERVICE: ['out of service', 'badge--warning'],
  DEGRADED: ['not all of it works', 'badge--warning'],
  UNKNOWN: ['not known', ''],
}

function Status({ status }: { status: string }) {
  const [words, tone] = STATUS[status] ?? [status, 'badge--warning']
  return <span className={`badge ${tone}`}>{words}</span>
}
