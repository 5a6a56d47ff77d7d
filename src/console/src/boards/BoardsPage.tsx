import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import type { Room } from '../api'
import { useLoaded } from '../load'
import { Link, navigate } from '../route'
import { atSignOut, useApi } from '../session'
import {
  Banner,
  Button,
  Bytes,
  counted,
  Empty,
  Failed,
  Icon,
  Loading,
  Menu,
  number,
  PageHead,
  Table,
  Time,
  useToast,
  type Column,
  type Sort,
} from '../ui'
import { MOST, useBoardList, type BoardList } from './boardList'
import './boards.css'
import { CreateBoard } from './CreateBoard'
import { DeleteBoard } from './DeleteBoard'
import { DuplicateBoard } from './DuplicateBoard'
import { ExportBoard } from './ExportBoard'
import { ImportBoard } from './ImportBoard'
import { MOST_NAMES, names, titleOf, useNames } from './names'
import { RenameBoard } from './RenameBoard'
import { Thumbnail } from './Thumbnail'
import { useFileDrop } from './useFileDrop'

const ROWS = 25

/** What the page looked like when it was left: one comes back from a board to where one was. */
const AT_FIRST = { search: '', sort: { by: 'changed', descending: true } as Sort, page: 0 }
let remembered = AT_FIRST
atSignOut(() => {
  remembered = AT_FIRST
})

type Doing = { what: 'create' } | { what: 'import'; files: File[] } | { what: 'rename' | 'duplicate' | 'export' | 'delete'; room: Room }

/** All boards: found, sorted, and what can be done with each. */
export function BoardsPage() {
  const list = useBoardList()
  const { rooms, watch, reload, remove } = list
  const toast = useToast()
  const [search, setSearch] = useState(remembered.search)
  const [sort, setSort] = useState(remembered.sort)
  const [page, setPage] = useState(remembered.page)
  const [doing, setDoing] = useState<Doing | null>(null)
  const isOver = useFileDrop((files) => setDoing({ what: 'import', files }))

  const wanted = useDeferredValue(search.trim().toLowerCase())
  const elsewhere = useFoundByServer(list, wanted)
  const all = useMemo(() => withAlso(rooms, elsewhere), [rooms, elsewhere])

  // Names are read of what is seen; to search by them, or sort, of all, if there are not too many.
  const needsNames = wanted !== '' || sort.by === 'name'
  const toRead = useMemo(() => (needsNames ? all.slice(0, MOST_NAMES) : []), [needsNames, all])
  const version = useNames(toRead)
  const found = useMemo(() => {
    const matching = wanted === '' ? all : all.filter((room) => matches(room, wanted))
    return [...matching].sort(order(sort))
    // The names are not in the rooms; `version` stands for them.
  }, [all, wanted, sort, version])

  const pages = Math.max(1, Math.ceil(found.length / ROWS))
  const shownPage = Math.min(page, pages - 1)
  const rows = useMemo(() => found.slice(shownPage * ROWS, (shownPage + 1) * ROWS), [found, shownPage])
  useNames(rows)
  useEffect(() => watch(rows.map(({ id }) => id)), [watch, rows])
  useEffect(() => {
    remembered = { search, sort, page: shownPage }
  }, [search, sort, shownPage])

  function sortBy(by: string) {
    setSort((before) => (before.by === by ? { by, descending: !before.descending } : { by, descending: by !== 'name' }))
    setPage(0)
  }

  const close = () => setDoing(null)
  /** One has been done; of several files the next is asked about. */
  const next = () =>
    setDoing((before) =>
      before?.what === 'import' && before.files.length > 1 ? { what: 'import', files: before.files.slice(1) } : null,
    )
  const opening = (id: string) => ({ label: 'Open', onSelect: () => navigate({ page: 'board', id }) })

  return (
    <>
      <PageHead title="Boards" note={<Summary list={list} />}>
        <Button icon="import" onClick={() => setDoing({ what: 'import', files: [] })}>
          Import
        </Button>
        <Button kind="primary" icon="add" onClick={() => setDoing({ what: 'create' })}>
          New board
        </Button>
      </PageHead>

      {(rooms.length > 0 || wanted !== '') && (
        <div className="boards__tools">
          <div className="search boards__search" role="search">
            <Icon name="search" />
            <input
              className="input"
              type="search"
              aria-label="Search boards by name or id"
              placeholder="Search by name or id"
              autoComplete="off"
              spellCheck={false}
              value={search}
              onChange={(event) => {
                setSearch(event.target.value)
                setPage(0)
              }}
            />
          </div>
          <p className="boards__found" role="status">
            {wanted !== '' && rows.length > 0 && `${counted(found.length, 'board')} found`}
          </p>
          <label className="boards__sort">
            <span className="only-heard">Sort by</span>
            <select
              className="input"
              value={`${sort.by} ${sort.descending ? 'descending' : 'ascending'}`}
              onChange={(event) => {
                const [by, direction] = event.target.value.split(' ')
                setSort({ by, descending: direction === 'descending' })
                setPage(0)
              }}
            >
              <option value="changed descending">Last changed first</option>
              <option value="changed ascending">Last changed last</option>
              <option value="name ascending">Name, A to Z</option>
              <option value="name descending">Name, Z to A</option>
              <option value="people descending">Most people first</option>
              <option value="people ascending">Fewest people first</option>
              <option value="bytes descending">Largest first</option>
              <option value="bytes ascending">Smallest first</option>
            </select>
          </label>
        </div>
      )}

      {list.problem && rooms.length > 0 && (
        <Banner
          tone="failed"
          action={
            <Button icon="reload" onClick={reload}>
              Try again
            </Button>
          }
        >
          What you see may be old. {list.problem.sentence}
        </Banner>
      )}
      {list.unanswered.length > 0 && (
        <Banner tone="warning">
          {counted(list.unanswered.length, 'server')} did not answer in time ({list.unanswered.join(', ')}): who is in the
          boards that are open there is not known.
        </Banner>
      )}
      {!list.isAll && rooms.length >= MOST && (
        <Banner>
          There are more boards than the {number(MOST)} listed here. A search by id finds the others too.
        </Banner>
      )}
      {wanted !== '' && all.length > MOST_NAMES && (
        <Banner>Ids are searched of all boards, names of the first {number(MOST_NAMES)} only.</Banner>
      )}

      {rows.length > 0 ? (
        <>
          <Table
            caption="Boards"
            className="boards"
            columns={columns((what, room) => setDoing({ what, room }))}
            rows={rows}
            keyOf={(room) => room.id}
            sort={sort}
            onSort={sortBy}
          />
          <Pager page={shownPage} pages={pages} rows={rows.length} all={found.length} onPage={setPage} />
        </>
      ) : list.isLoading && wanted === '' ? (
        <Loading what="Loading the boards" />
      ) : list.problem && rooms.length === 0 ? (
        <Failed what="The boards could not be loaded" problem={list.problem} onRetry={reload} />
      ) : wanted !== '' ? (
        <Empty
          icon="search"
          title={list.isLoading ? 'Nothing found yet' : 'No board is called like that'}
          action={<Button onClick={() => setSearch('')}>Show all boards</Button>}
        >
          Neither an id nor a name has “{search.trim()}” in it.
        </Empty>
      ) : (
        <Empty
          icon="boards"
          title="No boards yet"
          action={
            <Button kind="primary" icon="add" onClick={() => setDoing({ what: 'create' })}>
              New board
            </Button>
          }
        >
          Make one, drop a <code>.tldr</code> file here, or open the whiteboard: whoever enters a room makes it.
        </Empty>
      )}

      {isOver && (
        <div className="drop" aria-hidden="true">
          <div>
            <Icon name="import" size={32} />
            Drop to import
          </div>
        </div>
      )}

      {doing?.what === 'create' && (
        <CreateBoard
          onClose={close}
          onDone={(room) => {
            close()
            reload()
            toast(`Created: ${titleOf(room)}`, { action: opening(room.id) })
          }}
        />
      )}
      {doing?.what === 'import' && (
        <ImportBoard
          key={doing.files[0]?.name}
          file={doing.files[0]}
          onClose={next}
          onDone={(imported) => {
            next()
            reload()
            const left = Object.values(imported.leftOut).reduce((sum, count) => sum + count, 0)
            toast(
              `${imported.created ? 'Imported' : 'Replaced'}: ${imported.id}, with ${counted(imported.records, 'record')}` +
                (left > 0 ? `; ${number(left)} that never leave a client were left out` : ''),
              { action: opening(imported.id) },
            )
          }}
        />
      )}
      {doing?.what === 'rename' && (
        <RenameBoard
          room={doing.room}
          onClose={close}
          onDone={(name) => {
            close()
            reload()
            toast(name === '' ? `${doing.room.id} has no name now` : `Renamed: ${name}`)
          }}
        />
      )}
      {doing?.what === 'duplicate' && (
        <DuplicateBoard
          room={doing.room}
          onClose={close}
          onDone={(copy) => {
            close()
            reload()
            toast(`Duplicated: ${copy.id}`, { action: opening(copy.id) })
          }}
        />
      )}
      {doing?.what === 'export' && (
        <ExportBoard
          room={doing.room}
          onClose={close}
          onDone={(file) => {
            close()
            toast(`Exported: ${file}`)
          }}
        />
      )}
      {doing?.what === 'delete' && (
        <DeleteBoard
          room={doing.room}
          onClose={close}
          onDone={() => {
            close()
            remove(doing.room.id)
            toast(`Deleted: ${titleOf(doing.room)}`)
          }}
        />
      )}
    </>
  )
}

function Summary({ list }: { list: BoardList }) {
  const { rooms, isAll, isLoading } = list
  if (!isAll && rooms.length === 0) return null
  const people = rooms.reduce((sum, { sessions }) => sum + (sessions ?? 0), 0)
  const boards = counted(rooms.length, 'board')
  return (
    <p>
      {isAll ? boards : isLoading && rooms.length < MOST ? `${boards} so far …` : `The first ${boards}`}
      {people > 0 && `, ${counted(people, 'person', 'people')} in them now`}
    </p>
  )
}

function columns(start: (what: 'rename' | 'duplicate' | 'export' | 'delete', room: Room) => void): Column<Room>[] {
  return [
    {
      id: 'picture',
      header: 'Picture',
      headerHidden: true,
      className: 'boards__picture',
      cell: (room) => <Thumbnail room={room} />,
    },
    {
      id: 'name',
      header: 'Name',
      sortable: true,
      isName: true,
      className: 'boards__name',
      cell: (room) => <Name room={room} />,
    },
    {
      id: 'people',
      header: 'People now',
      sortable: true,
      className: 'boards__people',
      cell: (room) => <People room={room} />,
    },
    { id: 'bytes', header: 'Size', sortable: true, align: 'end', className: 'boards__size', cell: (room) => <Bytes value={room.bytes} /> },
    {
      id: 'changed',
      header: 'Last change',
      sortable: true,
      className: 'boards__changed',
      cell: (room) => <Time value={room.lastChanged} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      headerHidden: true,
      className: 'boards__actions',
      cell: (room) => (
        <Menu
          label={`Actions for ${titleOf(room)}`}
          items={[
            { label: 'Open', icon: 'open', onSelect: () => navigate({ page: 'board', id: room.id }) },
            { label: 'Rename', icon: 'edit', onSelect: () => start('rename', room) },
            { label: 'Duplicate', icon: 'duplicate', onSelect: () => start('duplicate', room) },
            { label: 'Export', icon: 'download', onSelect: () => start('export', room) },
            { label: 'Delete', icon: 'delete', danger: true, separated: true, onSelect: () => start('delete', room) },
          ]}
        />
      ),
    },
  ]
}

function Name({ room }: { room: Room }) {
  const name = names.of(room.id)
  return (
    <>
      <Link className="boards__link" to={{ page: 'board', id: room.id }}>
        {name || room.id}
      </Link>
      {name && <span className="boards__id">{room.id}</span>}
    </>
  )
}

function People({ room }: { room: Room }) {
  if (room.sessions === undefined) return <span title="Its server did not answer in time">not known</span>
  if (room.state === 'stored') return <span className="soft boards__nobody">–<span className="only-heard"> nobody, it is not open</span></span>
  return (
    <span className={room.sessions > 0 ? 'badge badge--good' : 'badge'} title={room.node && `Open on ${room.node}`}>
      {room.sessions > 0 && <span className="dot" />}
      {room.sessions > 0 ? number(room.sessions) : 'open'}
      <span className="only-heard">{room.sessions === 0 ? ', nobody in it' : room.sessions === 1 ? ' person' : ' people'}</span>
    </span>
  )
}

interface PagerProps {
  page: number
  pages: number
  rows: number
  all: number
  onPage: (page: number) => void
}

function Pager({ page, pages, rows, all, onPage }: PagerProps) {
  if (pages === 1) return null
  const first = page * ROWS + 1
  return (
    <nav className="pager" aria-label="Pages">
      <span className="numeric" role="status">
        {number(first)}–{number(first + rows - 1)} of {number(all)}
      </span>
      <Button disabled={page === 0} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <Button disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </nav>
  )
}

const NOTHING: Room[] = []

/** What the server finds by id, where not all boards are listed. */
function useFoundByServer(list: BoardList, wanted: string): Room[] {
  const api = useApi()
  const isNeeded = wanted !== '' && !list.isAll && !list.isLoading
  const found = useLoaded(
    useCallback(
      async (signal: AbortSignal) => {
        if (!isNeeded) return NOTHING
        // It is asked when nobody has typed for a moment.
        await new Promise((done) => setTimeout(done, 250))
        signal.throwIfAborted()
        return (await api.rooms({ query: wanted, limit: 200 }, signal)).rooms
      },
      [api, wanted, isNeeded],
    ),
  )
  return found.value ?? NOTHING
}

function withAlso(rooms: Room[], also: Room[]): Room[] {
  if (also.length === 0) return rooms
  const known = new Set(rooms.map(({ id }) => id))
  return [...rooms, ...also.filter(({ id }) => !known.has(id))]
}

function matches(room: Room, wanted: string): boolean {
  return room.id.toLowerCase().includes(wanted) || (names.of(room.id)?.toLowerCase().includes(wanted) ?? false)
}

const words = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function order({ by, descending }: Sort): (a: Room, b: Room) => number {
  const sign = descending ? -1 : 1
  const keys: { [by: string]: (a: Room, b: Room) => number } = {
    name: (a, b) => words.compare(titleOf(a), titleOf(b)),
    people: (a, b) => (a.sessions ?? 0) - (b.sessions ?? 0),
    bytes: (a, b) => a.bytes - b.bytes,
    changed: (a, b) => Date.parse(a.lastChanged) - Date.parse(b.lastChanged),
  }
  const compare = keys[by] ?? keys.changed
  // Of two that are alike, the same one is always first: rows do not jump while the list is loaded again.
  return (a, b) => sign * compare(a, b) || words.compare(a.id, b.id)
}
