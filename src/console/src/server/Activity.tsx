import { useCallback, useState } from 'react'
import type { AuditEntry } from '../api'
import { useLoaded } from '../load'
import { Link } from '../route'
import { useApi } from '../session'
import { Banner, Button, Empty, Failed, Icon, Loading, number, Table, Time, type Column } from '../ui'

const EVERY = 10_000
const FIRST = 100
const MOST = 1_000

/** What operators have done, by this console and by the API. */
export function Activity() {
  const api = useApi()
  const [limit, setLimit] = useState(FIRST)
  const [search, setSearch] = useState('')
  const { value, problem, reload, isLoading } = useLoaded(
    useCallback((signal: AbortSignal) => api.audit(limit, signal), [api, limit]),
    EVERY,
  )
  if (!value) {
    return problem ? (
      <Failed what="What was done could not be loaded" problem={problem} onRetry={reload} />
    ) : (
      <Loading what="Loading what was done" />
    )
  }
  const wanted = search.trim().toLowerCase()
  const rows = value.entries
    .map((entry, at) => ({ ...entry, key: `${entry.time} ${value.entries.length - at}` }))
    .filter(({ method, path, room, address, status }) =>
      [method, path, room, address, String(status)].some((text) => text?.toLowerCase().includes(wanted)),
    )
  if (value.entries.length === 0) {
    return (
      <Empty icon="edit" title="Nothing was done yet">
        Whatever operators change at <code>{value.node}</code> since its start is listed here, and written to its log.
      </Empty>
    )
  }
  return (
    <>
      {problem && <Banner tone="failed">The list may be old. {problem.sentence}</Banner>}
      <div className="server__tools">
        <div className="search server__search" role="search">
          <Icon name="search" />
          <input
            className="input"
            type="search"
            aria-label="Search what was done"
            placeholder="Search by board, path, address or status"
            autoComplete="off"
            spellCheck={false}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
        <p className="soft" role="status">
          {wanted === '' ? `The last ${number(rows.length)} at ${value.node}` : `${number(rows.length)} found`}
        </p>
      </div>
      {rows.length > 0 ? (
        <Table caption="What operators have done" className="activity" columns={COLUMNS} rows={rows} keyOf={({ key }) => key} />
      ) : (
        <Empty icon="search" title="Nothing like that was done" action={<Button onClick={() => setSearch('')}>Show all</Button>} />
      )}
      {limit < MOST && value.entries.length >= limit && (
        <div className="server__more">
          <Button busy={isLoading} onClick={() => setLimit(MOST)}>
            Show up to {number(MOST)}
          </Button>
        </div>
      )}
    </>
  )
}

const COLUMNS: Column<AuditEntry>[] = [
  { id: 'time', header: 'When', cell: ({ time }) => <Time value={time} /> },
  {
    id: 'what',
    header: 'What',
    isName: true,
    className: 'activity__what',
    cell: ({ method, path }) => (
      <code>
        <strong>{method}</strong> {path}
      </code>
    ),
  },
  {
    id: 'room',
    header: 'Board',
    className: 'activity__room',
    cell: ({ room }) => (room ? <Link to={{ page: 'board', id: room }}>{room}</Link> : <span className="soft">–</span>),
  },
  { id: 'status', header: 'Answer', cell: ({ status }) => <span className={`badge ${tone(status)}`}>{status}</span> },
  { id: 'address', header: 'From', cell: ({ address }) => address },
]

function tone(status: number): string {
  return status < 400 ? 'badge--good' : status < 500 ? 'badge--warning' : 'badge--bad'
}
