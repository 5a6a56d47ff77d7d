import { ROOM_ID } from '../api'

/** What is wrong with an id, for who has typed it; an empty one is left to the server. */
export function faultOfId(id: string): string | null {
  if (id === '' || ROOM_ID.test(id)) return id === '.' || id === '..' ? 'Dots alone are no id.' : null
  return id.length > 200 ? 'At most 200 characters.' : 'Only letters, digits, and - _ . ~'
}

/** An id that says what a text says. */
export function idFrom(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_~.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 200)
}
