import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Editor, TLShapeId } from 'tldraw'
import { Problem, type Room, type Snapshot, type Version, type VersionChanges } from '../api'
import { ownAssets } from '../drawing/assets'
import { drawable, type Drawable } from '../drawing/drawable'
import { useLoaded } from '../load'
import { useApi } from '../session'
import { useSettings } from '../settings'
import { Banner, Button, bytes, Empty, Failed, Loading, useIsDark } from '../ui'
import { uploadQuery, type ViewAccess } from './access'
import { CanvasBar } from './canvas/CanvasBar'
import { fitAll, keepInStep, showPage } from './canvas/inStep'
import { LeftOutNote } from './canvas/LeftOutNote'
import { Marks, type Mark } from './canvas/marks'
import { ReadonlyCanvas } from './canvas/ReadonlyCanvas'
import { ChangesSummary } from './ChangesSummary'
import { hourOf } from './days'
import { LARGE } from './large'

/** More changes than these are counted, and not marked one by one. */
const MOST_CHANGES = 1_000

type Against = 'now' | 'before'

/** A version beside the present, or beside the version before it, with what has changed from the earlier to the later. */
export function Comparison({
  room,
  version,
  older,
  access,
}: {
  room: Room
  version: Version
  older?: Version
  access: ViewAccess
}) {
  const [against, setAgainst] = useState<Against>('now')
  const largest = Math.max(version.bytes, against === 'now' ? room.bytes : (older?.bytes ?? 0))
  const [isWanted, setWanted] = useState(largest <= LARGE)

  return (
    <>
      <fieldset className="against">
        <legend className="only-heard">Compare it with</legend>
        <label>
          <input type="radio" name="against" checked={against === 'now'} onChange={() => setAgainst('now')} />
          Beside the present
        </label>
        <label className={older ? undefined : 'against--none'}>
          <input
            type="radio"
            name="against"
            checked={against === 'before'}
            disabled={!older}
            onChange={() => setAgainst('before')}
          />
          Beside the version before
        </label>
      </fieldset>
      {isWanted ? (
        <Pair
          key={against}
          room={room}
          version={version}
          other={against === 'before' ? older : undefined}
          access={access}
        />
      ) : (
        <div className="canvas--empty">
          <Empty icon="versions" title="A large board" action={<Button onClick={() => setWanted(true)}>Show both</Button>}>
            Each of the two has up to {bytes(largest)}, which takes this browser a while to load and to draw.
          </Empty>
        </div>
      )}
    </>
  )
}

interface Loaded {
  version: Snapshot
  other: Snapshot
  changes: VersionChanges
}

/** Both documents and what lies between them. The earlier one stands first. */
function Pair({
  room,
  version,
  other,
  access,
}: {
  room: Room
  version: Version
  /** The version before; without it, it is the present. */
  other?: Version
  access: ViewAccess
}) {
  const api = useApi()
  const load = useCallback(
    async (signal: AbortSignal): Promise<Loaded> => {
      const [shown, beside, changes] = await Promise.all([
        api.versionSnapshot(room.id, version.id, signal),
        other ? api.versionSnapshot(room.id, other.id, signal) : api.snapshot(room.id, signal),
        api.versionChanges(
          room.id,
          version.id,
          other ? { since: other.id, limit: MOST_CHANGES } : { until: 'now', limit: MOST_CHANGES },
          signal,
        ),
      ])
      return { version: shown, other: beside, changes }
    },
    [api, room.id, version.id, other],
  )
  const { value, problem, isLoading, reload } = useLoaded(load)

  if (!value) {
    return problem ? <Failed what={failed(problem)} problem={problem} onRetry={reload} /> : <Loading what="Loading both" />
  }
  const isOld = !other && room.documentClock > value.other.documentClock
  const then = `${other ? 'This version' : 'Then'}, ${hourOf(new Date(version.time))}`
  return (
    <>
      {isOld && (
        <Banner
          action={
            <Button icon="reload" busy={isLoading} onClick={reload}>
              Show it as it is now
            </Button>
          }
        >
          The board has changed since this was loaded.
        </Banner>
      )}
      <Canvases
        key={`${value.version.documentClock} ${value.other.documentClock}`}
        room={room}
        access={access}
        earlier={{ title: other ? `The one before, ${hourOf(new Date(other.time))}` : then, snapshot: other ? value.other : value.version }}
        later={{ title: other ? then : 'Now', snapshot: other ? value.version : value.other }}
        changes={value.changes}
      />
    </>
  )
}

function failed(problem: Problem): string {
  return problem.type === 'version-damaged' ? 'What is kept of this version is damaged' : 'The version cannot be shown'
}

interface Side {
  title: string
  snapshot: Snapshot
}

type Drawn = Drawable | { problem: Problem }

function Canvases({
  room,
  access,
  earlier,
  later,
  changes,
}: {
  room: Room
  access: ViewAccess
  earlier: Side
  later: Side
  changes: VersionChanges
}) {
  const query = uploadQuery(access, room.id)
  const sides = [earlier, later]
  const [drawn, setDrawn] = useState<Drawn[]>([])
  useEffect(() => {
    setDrawn([earlier.snapshot, later.snapshot].map((snapshot) => draw(snapshot, query)))
  }, [earlier.snapshot, later.snapshot, query])

  const [editors, setEditors] = useState<(Editor | undefined)[]>([undefined, undefined])
  const [one, two] = editors
  const both = useMemo(() => editors.filter((editor) => editor !== undefined), [editors])
  useEffect(() => {
    if (!one || !two) return
    const end = keepInStep(one, two)
    const first = firstPage(changes, [one, two])
    if (first) showPage([one, two], first)
    fitAll([one, two])
    return end
  }, [one, two, changes])

  const marks = useMemo(() => [marksOf(changes, ['removed', 'changed']), marksOf(changes, ['added', 'changed'])], [changes])
  const names = useMemo(() => pageNames([earlier.snapshot, later.snapshot]), [earlier.snapshot, later.snapshot])
  const leftOut = useMemo(() => sum(drawn), [drawn])

  return (
    <>
      <ChangesSummary changes={changes} pageNames={names} onPage={(page) => {
        showPage(both, page)
        fitAll(both)
      }} />
      <div className="pair">
        {sides.map(({ title }, at) => (
          <figure key={title} className="pair__side">
            <figcaption>{title}</figcaption>
            <SideCanvas
              drawn={drawn[at]}
              title={title}
              marks={marks[at]}
              onEditor={(editor) => setEditors((before) => before.map((each, index) => (index === at ? editor : each)))}
            />
          </figure>
        ))}
      </div>
      <CanvasBar editors={both}>
        <LeftOutNote leftOut={leftOut} />
      </CanvasBar>
    </>
  )
}

function SideCanvas({
  drawn,
  title,
  marks,
  onEditor,
}: {
  drawn?: Drawn
  title: string
  marks: ReadonlyMap<string, Mark>
  onEditor: (editor: Editor) => void
}) {
  const { licenseKey } = useSettings()
  const isDark = useIsDark()
  if (!drawn) return <div className="canvas" />
  if ('problem' in drawn) {
    return (
      <div className="canvas canvas--empty">
        <Failed what="This page cannot draw it" problem={drawn.problem} />
      </div>
    )
  }
  return (
    <Marks value={marks}>
      <ReadonlyCanvas store={drawn.store} label={title} licenseKey={licenseKey} isDark={isDark} onEditor={onEditor} />
    </Marks>
  )
}

function draw(snapshot: Snapshot, query: string | null): Drawn {
  try {
    return drawable(snapshot, ownAssets(() => query))
  } catch (thrown) {
    return { problem: new Problem('console', 0, 'The document is not as this page expects', { detail: String(thrown) }) }
  }
}

function marksOf({ changes }: VersionChanges, wanted: Mark[]): ReadonlyMap<string, Mark> {
  return new Map(changes.filter(({ change }) => wanted.includes(change)).map(({ id, change }) => [id, change]))
}

/** A page on which something is outlined: there is more to see there than on the first one. */
function firstPage({ changes }: VersionChanges, editors: Editor[]): string | undefined {
  const shown = editors[0].getCurrentPageId()
  const outlined = changes.filter(({ id }) => editors.some((editor) => editor.getShape(id as TLShapeId)))
  const pages = outlined.map(({ page }) => page).filter((page) => page !== undefined)
  return pages.includes(shown) ? shown : pages[0]
}

function pageNames(snapshots: Snapshot[]): ReadonlyMap<string, string> {
  const pages = snapshots.flatMap(({ documents }) => documents.filter(({ state }) => state.typeName === 'page'))
  return new Map(pages.map(({ state }) => [state.id, String(state.name)]))
}

/** What is not drawn of one or of both. */
function sum(drawn: Drawn[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>()
  for (const each of drawn) {
    if ('problem' in each) continue
    for (const [type, count] of each.leftOut) all.set(type, Math.max(all.get(type) ?? 0, count))
  }
  return all
}
