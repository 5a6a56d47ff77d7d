import { roomName } from './names'

/** A whiteboard's address. The page's URL says it all: /r/<room id>, and ?readonly=true to only look. */
export interface Room {
  /** Where useSync connects. tldraw turns http into ws, and https into wss. */
  uri: string
  id: string
  /** What tells the server who is here, when the page was given it. */
  token: string | null
  /** Links to send to others. */
  link: string
  readonlyLink: string
}

const ROOM_ID = /^[A-Za-z0-9\-_.~]{1,200}$/

/** The room in the page's URL, null when that is not a room name; without any, a new room with a name of its own. */
export function enterRoom(): Room | null {
  if (!location.pathname.startsWith('/r/')) {
    history.replaceState(null, '', `/r/${roomName()}${location.search}`)
  }
  const id = location.pathname.slice('/r/'.length)
  return ROOM_ID.test(id) ? roomOf(id) : null
}

function roomOf(id: string): Room {
  const uri = new URL(`/connect/${id}`, location.origin)
  const query = new URLSearchParams(location.search)
  // What the server should know about this visitor. Links for others are made anew: a token is not theirs.
  for (const name of ['readonly', 'token']) {
    const value = query.get(name)
    if (value !== null) uri.searchParams.set(name, value)
  }
  const link = new URL(`/r/${id}`, location.origin).href
  return { uri: uri.href, id, token: query.get('token'), link, readonlyLink: `${link}?readonly=true` }
}
