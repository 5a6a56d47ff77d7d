import { useCallback } from 'react'
import type { Node } from '../api'
import { useLoaded } from '../load'
import { useApi } from '../session'
import { Banner, Failed, Loading, number, Table, Time, type Column } from '../ui'

const EVERY = 10_000

/** All servers of a cluster, or the one that there is. */
export function Nodes({ answering }: { answering: string }) {
  const api = useApi()
  const { value, problem, reload } = useLoaded(
    useCallback(async (signal: AbortSignal) => (await api.nodes(signal)).nodes, [api]),
    EVERY,
  )
  return (
    <section aria-labelledby="nodes">
      <h2 id="nodes">{value && value.length > 1 ? `${value.length} servers` : 'Servers'}</h2>
      {value ? (
        <>
          {problem && <Banner tone="failed">The list may be old. {problem.sentence}</Banner>}
          {value.length > 1 && (
            <p className="soft server__note">
              All else on this page is of the server that answers this browser, <code>{answering}</code>.
            </p>
          )}
          <Table caption="Servers" columns={columns(answering)} rows={value} keyOf={(node) => node.id} />
        </>
      ) : problem ? (
        <Failed what="The servers could not be listed" problem={problem} onRetry={reload} />
      ) : (
        <Loading what="Loading the servers" />
      )}
    </section>
  )
}

function columns(answering: string): Column<Node>[] {
  return [
    {
      id: 'id',
      header: 'Server',
      isName: true,
      className: 'server__id',
      cell: (node) => (
        <>
          <code>{node.id}</code> {node.id === answering && <span className="badge">answers</span>}
        </>
      ),
    },
    {
      id: 'state',
      header: 'State',
      cell: ({ state }) => (
        <span className={state === 'accepting' ? 'badge badge--good' : 'badge badge--warning'}>
          {state === 'accepting' ? 'takes boards' : 'is being stopped'}
        </span>
      ),
    },
    { id: 'version', header: 'Version', cell: (node) => node.version },
    { id: 'started', header: 'Started', cell: (node) => <Time value={node.started} /> },
    { id: 'rooms', header: 'Boards', align: 'end', cell: (node) => number(node.rooms) },
    { id: 'sessions', header: 'People', align: 'end', cell: (node) => number(node.sessions) },
    { id: 'connections', header: 'Connections', align: 'end', cell: (node) => number(node.connections) },
    {
      id: 'load',
      header: 'Busy',
      align: 'end',
      cell: ({ load }) => (load === undefined ? <span className="soft">–</span> : `${Math.round(load * 100)} %`),
    },
  ]
}
