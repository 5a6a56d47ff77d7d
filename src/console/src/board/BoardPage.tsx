import { useCallback, useMemo } from 'react'
import { names, titleOf, useNames } from '../boards/names'
import { useLoaded } from '../load'
import { Link, navigate } from '../route'
import { useApi } from '../session'
import { useSettings } from '../settings'
import { Banner, Empty, Failed, Loading, PageHead, Tabs, type Tab } from '../ui'
import { useViewAccess } from './access'
import { AssetsTab } from './AssetsTab'
import { BoardActions, BoardFacts } from './BoardHead'
import './board.css'
import { LinksTab } from './LinksTab'
import { LiveTab } from './LiveTab'
import { RecordsTab } from './RecordsTab'
import { VersionsTab } from './VersionsTab'

type TabId = 'board' | 'versions' | 'records' | 'assets' | 'links'

const tabs: Tab<TabId>[] = [
  { id: 'board', label: 'Board', icon: 'boards' },
  { id: 'versions', label: 'Versions', icon: 'versions' },
  { id: 'records', label: 'Records', icon: 'records' },
  { id: 'assets', label: 'Assets', icon: 'assets' },
  { id: 'links', label: 'Links', icon: 'link' },
]

const ROOM_EVERY = 4_000

/** One board: what is on it, who is in it, what it was, and what can be done with it. */
export default function BoardPage({ id, tab }: { id: string; tab?: string }) {
  const api = useApi()
  const settings = useSettings()
  const load = useCallback((signal: AbortSignal) => api.room(id, signal), [api, id])
  const { value: room, problem, reload } = useLoaded(load, ROOM_EVERY)
  useNames(useMemo(() => (room ? [room] : []), [room]))
  const access = useViewAccess(id)

  const above = (
    <Link className="board__back" to={{ page: 'boards' }}>
      All boards
    </Link>
  )
  if (problem?.type === 'room-not-found') {
    return (
      <>
        <PageHead title={id} above={above} />
        <Empty icon="search" title="There is no such board" action={<Link to={{ page: 'boards' }}>All boards</Link>}>
          It has been deleted, or there never was one of this name.
        </Empty>
      </>
    )
  }
  if (!room) {
    return (
      <>
        <PageHead title={id} above={above} />
        {problem ? (
          <Failed what="The board cannot be shown" problem={problem} onRetry={reload} />
        ) : (
          <Loading what="Loading the board" />
        )}
      </>
    )
  }

  const selected = tabs.find((each) => each.id === tab)?.id ?? 'board'
  return (
    <>
      <PageHead title={titleOf(room)} above={above} note={<BoardFacts room={room} isNamed={Boolean(names.of(id))} />}>
        <BoardActions room={room} onChange={reload} />
      </PageHead>
      {problem && <Banner tone="failed">What you see may be old. {problem.sentence}</Banner>}
      <Tabs
        label="Parts of the board"
        tabs={tabs}
        selected={selected}
        onSelect={(to) => navigate({ page: 'board', id, tab: to === 'board' ? undefined : to }, { replace: true })}
      >
        {selected === 'board' && <LiveTab room={room} access={access} />}
        {selected === 'versions' && <VersionsTab room={room} access={access} onRestored={reload} />}
        {selected === 'records' && <RecordsTab room={room} onChange={reload} />}
        {selected === 'assets' && <AssetsTab room={room} access={access} isKept={settings.assets} />}
        {selected === 'links' && <LinksTab room={room} />}
      </Tabs>
    </>
  )
}
