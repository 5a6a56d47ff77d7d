import { useCallback, useEffect, useState } from 'react'
import { asProblem, isAborted, Problem, type Room, type Version, type VersionPage } from '../api'
import { useApi } from '../session'
import { useSettings } from '../settings'
import { Button, bytes, counted, Empty, Failed, Icon, Loading, useToast } from '../ui'
import type { ViewAccess } from './access'
import { focusLater } from './arrival'
import { Ask } from './Ask'
import { useDoing } from './doing'
import { Timeline } from './Timeline'
import { VersionDetail } from './VersionDetail'

const PAGE = 50
/** How often it is looked whether there is a new one. */
const EVERY = 20_000

/** What the board was: a time line of versions, and each of them beside the present. */
export function VersionsTab({
  room,
  access,
  onRestored,
}: {
  room: Room
  access: ViewAccess
  onRestored: () => void
}) {
  const { history } = useSettings()
  const api = useApi()
  const toast = useToast()
  const list = useVersions(room.id)
  const { what, act } = useDoing()
  const [chosen, setChosen] = useState<string | null>(null)
  const [isSaving, setSaving] = useState(false)

  if (!history || list.problem?.type === 'not-supported') {
    return (
      <Empty icon="versions" title="This server keeps no versions">
        {list.problem?.detail ?? 'They are turned off, or there is nowhere to keep them: see drawbridge.history.'}
      </Empty>
    )
  }
  if (!list.versions) {
    return list.problem ? (
      <Failed what="The versions cannot be listed" problem={list.problem} onRetry={list.reload} />
    ) : (
      <Loading what="Listing the versions" />
    )
  }

  const version = list.versions.find(({ id }) => id === chosen)
  const { usage, versions, next } = list
  return (
    <div className={version ? 'versions versions--chosen' : 'versions'}>
      <div className="versions__list">
        <div className="versions__head">
          <p className="soft small">
            {counted(usage.count, 'version')}, {bytes(usage.bytes)} kept
          </p>
          <Button kind="primary" icon="add" onClick={() => setSaving(true)}>
            Save a version
          </Button>
        </div>
        {versions.length === 0 ? (
          <Empty icon="versions" title="No version yet">
            One is made while people draw, and when the last of them leaves.
          </Empty>
        ) : (
          <>
            <Timeline versions={versions} chosen={chosen} onChoose={setChosen} />
            {next && (
              <div className="more">
                <Button busy={what === 'more'} onClick={() => void act('more', list.loadMore)}>
                  Show older ones
                </Button>
              </div>
            )}
          </>
        )}
      </div>
      <div className="versions__detail">
        {version ? (
          <VersionDetail
            key={version.id}
            room={room}
            version={version}
            older={versions[versions.indexOf(version) + 1]}
            access={access}
            onBack={() => {
              focusLater(`[data-version="${version.id}"]`)
              setChosen(null)
            }}
            onNamed={list.put}
            onDeleted={() => {
              list.drop(version.id)
              setChosen(null)
            }}
            onRestored={() => {
              list.reload()
              onRestored()
            }}
          />
        ) : (
          versions.length > 0 && (
            <div className="versions__choose">
              <Icon name="versions" size={28} />
              <p>Choose a version to see it beside the present.</p>
            </div>
          )
        )}
      </div>
      {isSaving && (
        <Ask
          title="Save a version"
          label="Name"
          hint="A version with a name is kept until you delete it. Without one, it is thinned out with the others in time."
          action="Save"
          onAnswer={async (name) => {
            const made = await api.makeVersion(room.id, { name: name || undefined, reason: 'manual' })
            list.put(made)
            setChosen(made.id)
            toast(name ? `Saved as ${name}` : 'A version is saved')
          }}
          onClose={() => setSaving(false)}
        />
      )}
    </div>
  )
}

interface Versions {
  versions?: Version[]
  usage: VersionPage['usage']
  next?: string
  problem?: Problem
  reload: () => void
  loadMore: () => Promise<void>
  /** One that has been made, or has another name. */
  put: (version: Version) => void
  drop: (id: string) => void
}

/** The versions of a room, as far as they have been asked for, and new ones as they are made. */
function useVersions(roomId: string): Versions {
  const api = useApi()
  const [page, setPage] = useState<VersionPage>()
  const [problem, setProblem] = useState<Problem>()
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const ended = new AbortController()
    const ask = async () => {
      if (document.hidden) return
      try {
        const newest = await api.versions(roomId, { limit: PAGE }, ended.signal)
        if (ended.signal.aborted) return
        setPage((before) => (before ? joined(newest, before) : newest))
        setProblem(undefined)
      } catch (thrown) {
        if (!ended.signal.aborted && !isAborted(thrown)) setProblem(asProblem(thrown))
      }
    }
    void ask()
    const timer = setInterval(() => void ask(), EVERY)
    return () => {
      clearInterval(timer)
      ended.abort()
    }
  }, [api, roomId, attempt])

  const reload = useCallback(() => setAttempt((count) => count + 1), [])
  const cursor = page?.next
  const loadMore = useCallback(async () => {
    const older = await api.versions(roomId, { limit: PAGE, cursor })
    setPage((before) => before && { ...older, versions: merged(before.versions, older.versions) })
  }, [api, roomId, cursor])
  const put = useCallback(
    (version: Version) =>
      setPage((before) => {
        if (!before) return before
        const isNew = before.versions.every(({ id }) => id !== version.id)
        const usage = { ...before.usage, count: before.usage.count + (isNew ? 1 : 0) }
        return { ...before, usage, versions: merged([version], before.versions) }
      }),
    [],
  )
  const drop = useCallback(
    (gone: string) =>
      setPage(
        (before) =>
          before && {
            ...before,
            usage: { ...before.usage, count: before.usage.count - 1 },
            versions: before.versions.filter(({ id }) => id !== gone),
          },
      ),
    [],
  )
  return { versions: page?.versions, usage: page?.usage ?? { count: 0, bytes: 0 }, next: page?.next, problem, reload, loadMore, put, drop }
}

/** The newest page, and what was loaded of those before it. What has been thinned out meanwhile within that page is gone. */
function joined(newest: VersionPage, before: VersionPage): VersionPage {
  const oldest = newest.versions.at(-1)?.id
  if (newest.next === undefined || oldest === undefined) return newest
  const older = before.versions.filter(({ id }) => id < oldest)
  return older.length === 0
    ? newest
    : { versions: [...newest.versions, ...older], usage: newest.usage, next: before.next }
}

/** Both, the newest first; of the same one, as the first has it. Ids are in the order in which versions were made. */
function merged(first: Version[], second: Version[]): Version[] {
  const known = new Set(first.map(({ id }) => id))
  return [...first, ...second.filter(({ id }) => !known.has(id))].sort((a, b) => (a.id < b.id ? 1 : -1))
}
