// The server's admin API, as docs/admin-api.md describes it: a function a route. All of them fail with a Problem.

export interface Room {
  id: string
  state: 'active' | 'stored'
  /** The node that has it open. */
  node?: string
  /** How many are in it; absent when its node did not answer in time. */
  sessions?: number
  records: number
  bytes: number
  documentClock: number
  created: string
  lastChanged: string
}

export interface RoomPage {
  rooms: Room[]
  next?: string
  /** Nodes that did not answer in time. */
  unanswered?: string[]
}

export interface Session {
  id: string
  user?: { id: string; name?: string }
  state: 'awaiting-connect' | 'connected' | 'awaiting-removal'
  protocol?: number
  migrationsBehind?: number
  since: string
  readonly: boolean
  objectAccess: 'read' | 'write'
  queuedBytes: number
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** A record of a room, of whatever type. */
export type RoomRecord = { id: string; typeName: string } & { [name: string]: Json }

export interface RecordPage {
  documentClock: number
  records: RoomRecord[]
  next?: string
}

export interface Changes {
  documentClock: number
  created: number
  updated: number
  deleted: number
}

/** A room's document, as the reference server's `getCurrentSnapshot` gives it. */
export interface Snapshot {
  clock: number
  documentClock: number
  documents: { state: RoomRecord; lastChangedClock: number }[]
  objects?: unknown
  schema: { schemaVersion: number; [name: string]: Json }
}

export interface Imported {
  id: string
  created: boolean
  historyKept: boolean
  records: number
  /** How many records were left out, by their type. */
  leftOut: { [typeName: string]: number }
  documentClock: number
}

export interface Asset {
  id: string
  room?: string
  type: string
  size: number
  sha256: string
  created: string
  touched: string
}

export interface AssetPage {
  assets: Asset[]
  usage: { count: number; bytes: number }
  next?: string
}

export interface Contributor {
  id?: string
  name?: string
}

export type Reason = 'auto' | 'manual' | 'before-restore' | 'before-import' | 'before-agent' | 'last-left' | 'api'

export interface Version {
  id: string
  time: string
  clock: number
  name?: string
  reason: Reason
  by: Contributor[]
  records: number
  bytes: number
}

export interface VersionPage {
  versions: Version[]
  usage: { count: number; bytes: number }
  next?: string
}

export interface VersionChanges {
  version: string
  since?: string
  counts: { [typeName: string]: { added: number; changed: number; removed: number } }
  changes: { id: string; typeName: string; change: 'added' | 'changed' | 'removed'; page?: string }[]
  /** Whether there are more changes than are listed. */
  more: boolean
  by: Contributor[]
}

export interface Link {
  /** Where a browser enters the room, on this server. */
  path: string
  /** What it is good for: where everybody is let in that is `edit`, whatever was asked for. */
  permission: 'edit' | 'comment' | 'view'
  token?: string
  expires?: string
}

export interface Node {
  id: string
  state: 'accepting' | 'draining'
  started: string
  version: string
  rooms: number
  sessions: number
  connections: number
  relayed?: number
  load?: number
  address?: string
  links?: string[]
}

export interface Stats {
  node: string
  version: string
  store: 'sqlite' | 'redis'
  uptimeSeconds: number
  connections: number
  outboxBytes: number
  rooms: { [state: string]: number }
  sessions: { editors: number; viewers: number }
}

export type SeriesName =
  | 'pushes'
  | 'commits'
  | 'commitMillis'
  | 'connections'
  | 'rooms'
  | 'refusals'
  | 'limits'
  | 'closes'

export interface HealthComponent {
  name: string
  status: string
  detail?: string
  whatToDo?: string
}

export interface Server {
  node: { id: string; version: string; started: string; java: string; heapBytes: number; processors: number }
  rooms: number
  sessions: number
  connections: number
  store: { type: string; detail: string }
  assets: { type: string }
  /** Without numbers when they cannot be had at the moment. */
  history: { enabled: boolean; versions?: number; bytes?: number }
  lastHour: { from: string; stepSeconds: number; series: { [name in SeriesName]: (number | null)[] } }
  refusals: { reason: string; count: number; means: string }[]
  limits: { limit: string; count: number; means: string }[]
  health: { status: string; components: HealthComponent[] }
  settings: { name: string; value?: string; secret: boolean; origin?: string }[]
}

export interface AuditEntry {
  time: string
  method: string
  path: string
  room?: string
  status: number
  address: string
}

/** What the server answers when it does not do what it was asked for (RFC 9457), or that it did not answer. */
export class Problem extends Error {
  /** What kind it is, without the prefix that all have: `room-not-found`. */
  readonly type: string
  /** 0 when there was no answer. */
  readonly status: number
  readonly title: string
  readonly detail?: string
  /** With `clock-mismatch`: the clock of the room. */
  readonly documentClock?: number
  /** When to try again, in seconds. */
  readonly retryAfter?: number

  constructor(
    type: string,
    status: number,
    title: string,
    more: { detail?: string; documentClock?: number; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(more.detail ?? title, { cause: more.cause })
    this.name = 'Problem'
    this.type = type
    this.status = status
    this.title = title
    this.detail = more.detail
    this.documentClock = more.documentClock
    this.retryAfter = more.retryAfter
  }

  /** One sentence or two for people. */
  get sentence(): string {
    return this.detail && this.detail !== this.title ? `${this.title}: ${this.detail}` : this.title
  }
}

/** Whatever was thrown, as a problem to show. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  return new Problem('console', 0, 'The console has failed', { detail: String(thrown), cause: thrown })
}

export function isAborted(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError'
}

type Query = { [name: string]: string | number | boolean | undefined }

interface Call {
  query?: Query
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is. */
  file?: Blob
  ifMatch?: number
  signal?: AbortSignal
}

const ROOT = '/admin/v1'

export type Api = ReturnType<typeof createApi>

/** The API with a token. `refused` is called when the server does not take that token (any more). */
export function createApi(token: string, refused: () => void = () => {}) {
  async function answer(method: string, path: string, call: Call = {}): Promise<Response> {
    const url = new URL(ROOT + path, location.origin)
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined && value !== '') url.searchParams.set(name, String(value))
    }
    const headers = new Headers({ Authorization: `Bearer ${token}`, Accept: 'application/json' })
    if (call.ifMatch !== undefined) headers.set('If-Match', `"${call.ifMatch}"`)
    if (call.body !== undefined || call.file) headers.set('Content-Type', contentType(call.file))
    const response = await fetch(url, {
      method,
      headers,
      body: call.file ?? (call.body === undefined ? undefined : JSON.stringify(call.body)),
      signal: call.signal,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    }).catch((cause) => {
      if (isAborted(cause)) throw cause
      throw new Problem('unreachable', 0, 'The server cannot be reached', { cause })
    })
    if (!response.ok) {
      if (response.status === 401) refused()
      throw await problemOf(response)
    }
    return response
  }

  async function json<T>(method: string, path: string, call?: Call): Promise<T> {
    return (await answer(method, path, call)).json()
  }

  async function nothing(method: string, path: string, call?: Call): Promise<void> {
    await answer(method, path, call)
  }

  async function file(path: string, call: Call, otherwise: string): Promise<Download> {
    const response = await answer('GET', path, call)
    return { name: fileName(response) ?? otherwise, content: await response.blob() }
  }

  const room = (id: string) => `/rooms/${segment(id)}`
  const version = (roomId: string, id: string) => `${room(roomId)}/versions/${segment(id)}`

  return {
    // ---- rooms

    rooms: (
      query: { query?: string; state?: Room['state']; limit?: number; cursor?: string } = {},
      signal?: AbortSignal,
    ) => json<RoomPage>('GET', '/rooms', { query, signal }),
    room: (id: string, signal?: AbortSignal) => json<Room>('GET', room(id), { signal }),
    createRoom: (body: { id?: string; snapshot?: Snapshot }) => json<Room>('POST', '/rooms', { body }),
    duplicateRoom: (id: string, copy?: string) =>
      json<Room>('POST', `${room(id)}/duplicate`, { body: copy ? { id: copy } : {} }),
    deleteRoom: (id: string) => nothing('DELETE', room(id)),
    unloadRoom: (id: string) => nothing('POST', `${room(id)}/unload`),
    moveRoom: (id: string, node?: string) => json<Room>('POST', `${room(id)}/move`, { body: node ? { node } : {} }),
    /** Fails with `room-exists` unless an existing room's document is to be replaced. */
    importRoom: (id: string, content: Blob, ifExists: 'refuse' | 'replace' = 'refuse', signal?: AbortSignal) =>
      json<Imported>('POST', `${room(id)}/import`, { file: content, query: { ifExists }, signal }),
    exportRoom: (
      id: string,
      format: 'tldr' | 'snapshot',
      assets: 'linked' | 'inline' = 'linked',
      signal?: AbortSignal,
    ) =>
      file(
        `${room(id)}/export`,
        { query: { format, assets: format === 'tldr' ? assets : undefined }, signal },
        `${id}.${format === 'tldr' ? 'tldr' : 'json'}`,
      ),
    snapshot: (id: string, signal?: AbortSignal) => json<Snapshot>('GET', `${room(id)}/snapshot`, { signal }),
    replaceSnapshot: (id: string, snapshot: Snapshot, ifMatch?: number) =>
      json<{ documentClock: number }>('PUT', `${room(id)}/snapshot`, { body: snapshot, ifMatch }),

    // ---- records

    records: (
      roomId: string,
      query: { typeName?: string; limit?: number; cursor?: string } = {},
      signal?: AbortSignal,
    ) => json<RecordPage>('GET', `${room(roomId)}/records`, { query, signal }),
    /** The record, and the clock of its room. */
    record: async (roomId: string, id: string, signal?: AbortSignal) => {
      const response = await answer('GET', `${room(roomId)}/records/${segment(id)}`, { signal })
      return { record: (await response.json()) as RoomRecord, clock: clockOf(response) }
    },
    putRecord: (roomId: string, record: RoomRecord, ifMatch?: number) =>
      json<Changes>('PUT', `${room(roomId)}/records/${segment(record.id)}`, { body: record, ifMatch }),
    deleteRecord: (roomId: string, id: string, ifMatch?: number) =>
      nothing('DELETE', `${room(roomId)}/records/${segment(id)}`, { ifMatch }),
    /** All of it or nothing. Unlike the two before it takes ids that cannot stand in a path. */
    changeRecords: (roomId: string, body: { puts?: RoomRecord[]; deletes?: string[]; ifClock?: number }) =>
      json<Changes>('PATCH', `${room(roomId)}/records`, { body: { puts: [], deletes: [], ...body } }),

    // ---- people

    sessions: (roomId: string, signal?: AbortSignal) =>
      json<{ sessions: Session[] }>('GET', `${room(roomId)}/sessions`, { signal }),
    setReadonly: (roomId: string, sessionId: string, readonly: boolean) =>
      json<Session>('PATCH', `${room(roomId)}/sessions/${segment(sessionId)}`, { body: { readonly } }),
    sendAway: (roomId: string, sessionId: string, reason?: string) =>
      nothing('DELETE', `${room(roomId)}/sessions/${segment(sessionId)}`, { query: { reason } }),
    createLink: (
      roomId: string,
      body: { permission: 'edit' | 'comment' | 'view'; expiresInSeconds?: number; name?: string; userId?: string },
    ) => json<Link>('POST', `${room(roomId)}/links`, { body }),

    // ---- assets

    assets: (
      query: { room?: string; limit?: number; cursor?: string } = {},
      signal?: AbortSignal,
    ) => json<AssetPage>('GET', '/assets', { query, signal }),
    roomAssets: (roomId: string, query: { limit?: number; cursor?: string } = {}, signal?: AbortSignal) =>
      json<AssetPage>('GET', `${room(roomId)}/assets`, { query, signal }),
    deleteAsset: (id: string) => nothing('DELETE', '/assets', { query: { id } }),
    embeddedAssets: (roomId: string, signal?: AbortSignal) =>
      json<{ count: number; characters: number }>('GET', `${room(roomId)}/assets/embedded`, { signal }),
    externaliseAssets: (roomId: string, base?: string) =>
      json<{ moved: number; bytes: number; left: { recordId: string; why: string }[] }>(
        'POST',
        `${room(roomId)}/assets/externalise`,
        { query: { base } },
      ),

    // ---- versions

    versions: (roomId: string, query: { cursor?: string; limit?: number } = {}, signal?: AbortSignal) =>
      json<VersionPage>('GET', `${room(roomId)}/versions`, { query, signal }),
    makeVersion: (roomId: string, body: { name?: string; reason?: 'manual' | 'api' }) =>
      json<Version>('POST', `${room(roomId)}/versions`, { body }),
    version: (roomId: string, id: string, signal?: AbortSignal) => json<Version>('GET', version(roomId, id), { signal }),
    nameVersion: (roomId: string, id: string, name: string | null) =>
      json<Version>('PATCH', version(roomId, id), { body: { name } }),
    deleteVersion: (roomId: string, id: string) => nothing('DELETE', version(roomId, id)),
    versionSnapshot: (roomId: string, id: string, signal?: AbortSignal) =>
      json<Snapshot>('GET', `${version(roomId, id)}/snapshot`, { signal }),
    downloadVersion: (roomId: string, id: string, format: 'tldr' | 'snapshot') =>
      file(
        `${version(roomId, id)}/snapshot`,
        { query: { format, download: true } },
        `${roomId}-${id}.${format === 'tldr' ? 'tldr' : 'json'}`,
      ),
    restoreVersion: (roomId: string, id: string, ifMatch?: number) =>
      json<{ documentClock: number; before: Version }>('POST', `${version(roomId, id)}/restore`, { ifMatch }),
    duplicateVersion: (roomId: string, id: string, copy?: string) =>
      json<Room>('POST', `${version(roomId, id)}/duplicate`, { body: copy ? { id: copy } : {} }),
    /** What was changed since another version (the one before it, unless given), or until now. */
    versionChanges: (
      roomId: string,
      id: string,
      query: { since?: string; until?: 'now'; limit?: number } = {},
      signal?: AbortSignal,
    ) => json<VersionChanges>('GET', `${version(roomId, id)}/changes`, { query, signal }),

    // ---- the server

    nodes: (signal?: AbortSignal) => json<{ nodes: Node[] }>('GET', '/nodes', { signal }),
    stats: (signal?: AbortSignal) => json<Stats>('GET', '/stats', { signal }),
    server: (signal?: AbortSignal) => json<Server>('GET', '/server', { signal }),
    audit: (limit?: number, signal?: AbortSignal) =>
      json<{ node: string; entries: AuditEntry[] }>('GET', '/audit', { query: { limit }, signal }),
    compactStore: () => json<{ bytesBefore: number; bytesAfter: number }>('POST', '/store/compact'),
    collectAssets: (dryRun: boolean) =>
      json<{ assets: number; unused: number; unusedBytes: number; deleted: number; deletedBytes: number }>(
        'POST',
        '/assets/collect',
        { query: { dryRun } },
      ),
  }
}

/** A file that the server has made. */
export interface Download {
  name: string
  content: Blob
}

/** Has the browser save a file. */
export function save({ name, content }: Download): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the content by then; there is no event that says so.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** What may be the id of a room. */
export const ROOM_ID = /^[A-Za-z0-9\-_.~]{1,200}$/

function segment(id: string): string {
  // The server, and proxies before it, would take a dot alone or two for steps in the path, escaped or not.
  if (id === '' || id === '.' || id === '..') throw new Problem('invalid-request', 0, 'This id cannot be asked for')
  return encodeURIComponent(id)
}

function contentType(file?: Blob): string {
  return file?.type === 'application/vnd.sqlite3' ? file.type : 'application/json'
}

function clockOf(response: Response): number | undefined {
  const tag = /^"(\d+)"$/.exec(response.headers.get('ETag') ?? '')
  return tag ? Number(tag[1]) : undefined
}

function fileName(response: Response): string | null {
  return /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? null
}

const PREFIX = 'urn:drawbridge:problem:'

async function problemOf(response: Response): Promise<Problem> {
  const said: { type?: string; title?: string; detail?: string; documentClock?: number } | null = await response
    .json()
    .catch(() => null)
  const retryAfter = Number(response.headers.get('Retry-After') ?? NaN)
  return new Problem(
    said?.type?.startsWith(PREFIX) ? said.type.slice(PREFIX.length) : 'unknown',
    response.status,
    said?.title ?? `The server answered with ${response.status}`,
    {
      detail: said?.detail,
      documentClock: said?.documentClock,
      retryAfter: Number.isFinite(retryAfter) ? retryAfter : undefined,
    },
  )
}
