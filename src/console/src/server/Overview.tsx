import type { ReactNode } from 'react'
import type { Server } from '../api'
import { bytes, counted, number } from '../ui'

/** What is there now, and where it is kept. */
export function Overview({ server }: { server: Server }) {
  const { node, history } = server
  return (
    <section aria-labelledby="now">
      <h2 id="now">Now</h2>
      <dl className="facts">
        <Fact name="Boards open">{number(server.rooms)}</Fact>
        <Fact name="People">{number(server.sessions)}</Fact>
        <Fact name="Connections">{number(server.connections)}</Fact>
        <Fact name="Memory">
          {bytes(node.heapBytes)}
          <small>
            heap, {counted(node.processors, 'processor')}, Java {node.java}
          </small>
        </Fact>
        <Fact name="Boards are kept in">
          {STORES[server.store.type] ?? server.store.type}
          <small>{server.store.detail}</small>
        </Fact>
        <Fact name="Images and videos">{ASSETS[server.assets.type] ?? server.assets.type}</Fact>
        <Fact name="Versions">
          {!history.enabled
            ? 'Not kept'
            : history.versions === undefined
              ? 'Not known now'
              : counted(history.versions, 'version')}
          {history.enabled && history.bytes !== undefined && <small>{bytes(history.bytes)} on all boards</small>}
        </Fact>
      </dl>
    </section>
  )
}

const STORES: { [type: string]: string } = { sqlite: 'SQLite', redis: 'Redis' }
const ASSETS: { [type: string]: string } = { files: 'In a folder', s3: 'In a bucket', none: 'Within the boards' }

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="facts__fact">
      <dt>{name}</dt>
      <dd className="numeric">{children}</dd>
    </div>
  )
}
