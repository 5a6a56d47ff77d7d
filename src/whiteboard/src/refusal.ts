import { TLRemoteSyncError } from '@tldraw/sync'

// The reasons with which the server closes a connection for good. After every other close tldraw reconnects by itself.
const sentences: Record<string, string> = {
  NOT_FOUND: 'The room does not exist, or it has been deleted.',
  NOT_AUTHENTICATED:
    'The server does not know who you are. Open the whiteboard from the application that gave you the link.',
  FORBIDDEN: 'You are not allowed to enter this room.',
  ROOM_FULL: 'The room is full. Try again when somebody has left.',
  RATE_LIMITED: 'Too much came from this whiteboard in too short a time. Wait a moment, then try again.',
  CLIENT_TOO_OLD: 'This page is older than the server. Reload it to get the current one.',
  SERVER_TOO_OLD: 'This page is newer than the server. The server has to be updated.',
  INVALID_RECORD: 'The server refused a change because it would have damaged the drawing.',
  UNKNOWN_ERROR: 'Something went wrong on the server.',
}

/** What to tell the person at the whiteboard about an error of useSync. */
export function refusal(error: Error): string {
  const reason = error instanceof TLRemoteSyncError ? error.reason : error.message
  return sentences[reason] ?? `The server said: ${reason}`
}
