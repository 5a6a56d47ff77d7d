import { useCallback } from 'react'
import { navigate } from '../route'
import { useApi } from '../session'
import { useLoaded } from '../load'
import { Banner, Button, Failed, Loading, PageHead, Tabs, Time } from '../ui'
import { Activity } from './Activity'
import { Health } from './Health'
import { LastHour } from './LastHour'
import { Nodes } from './Nodes'
import { Overview } from './Overview'
import { Settings } from './Settings'
import './server.css'

const EVERY = 10_000

const TABS = [
  { id: 'overview', label: 'Overview', icon: 'server' },
  { id: 'hour', label: 'Last hour', icon: 'versions' },
  { id: 'settings', label: 'Settings', icon: 'records' },
  { id: 'activity', label: 'Activity', icon: 'edit' },
] as const

type TabId = (typeof TABS)[number]['id']

/** The server: how it is, what has gone on, how it is set up, and what operators have done. */
export default function ServerPage({ tab }: { tab?: string }) {
  const api = useApi()
  const loaded = useLoaded(
    useCallback((signal: AbortSignal) => api.server(signal), [api]),
    EVERY,
  )
  const { value: server, problem, reload } = loaded
  const selected: TabId = TABS.find(({ id }) => id === tab)?.id ?? 'overview'

  return (
    <>
      <PageHead
        title="Server"
        note={
          server && (
            <p>
              <code>{server.node.id}</code>, version {server.node.version}, started <Time value={server.node.started} />
            </p>
          )
        }
      />
      <Tabs
        label="The server"
        tabs={TABS}
        selected={selected}
        onSelect={(id) => navigate({ page: 'server', tab: id === 'overview' ? undefined : id }, { replace: true })}
      >
        {selected === 'activity' ? (
          <Activity />
        ) : server ? (
          <>
            {problem && (
              <Banner
                tone="failed"
                action={
                  <Button icon="reload" onClick={reload}>
                    Try again
                  </Button>
                }
              >
                What you see may be old. {problem.sentence}
              </Banner>
            )}
            {selected === 'overview' && (
              <div className="server">
                <Overview server={server} />
                <Health health={server.health} />
                <Nodes answering={server.node.id} />
              </div>
            )}
            {selected === 'hour' && <LastHour server={server} />}
            {selected === 'settings' && <Settings settings={server.settings} />}
          </>
        ) : problem ? (
          <Failed what="The server's state could not be loaded" problem={problem} onRetry={reload} />
        ) : (
          <Loading what="Loading the server's state" />
        )}
      </Tabs>
    </>
  )
}
