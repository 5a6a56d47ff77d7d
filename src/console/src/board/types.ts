import type { RoomRecord } from '../api'

const WITH_KINDS = new Set(['shape', 'binding', 'asset'])

/** How people call the type of a record: `shape card`, or `comment`. */
export function typeOf({ typeName, type }: RoomRecord): string {
  return WITH_KINDS.has(typeName) && typeof type === 'string' ? `${typeName} ${type}` : typeName
}
