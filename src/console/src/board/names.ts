import type { Contributor, Reason } from '../api'

/** Why a version was made, in words. */
export const reasons: Record<Reason, string> = {
  auto: 'Saved by itself',
  manual: 'Saved by hand',
  'before-restore': 'Before a restore',
  'before-import': 'Before it was replaced',
  'before-agent': 'Before an agent changed it',
  'last-left': 'Everybody had left',
  api: 'Saved by a program',
}

/** Who has done something: names where there are any, and how many have none. */
export function peopleOf(by: Contributor[]): string {
  const named = by.map(({ id, name }) => name || id).filter((name) => name !== undefined && name !== '') as string[]
  const unnamed = by.length - named.length
  const all = unnamed > 0 ? [...named, named.length > 0 ? `${unnamed} unnamed` : unnamedPeople(unnamed)] : named
  if (all.length <= 3) return all.join(', ')
  return `${all.slice(0, 2).join(', ')} and ${all.length - 2} more`
}

function unnamedPeople(count: number): string {
  return count === 1 ? 'Somebody unnamed' : `${count} unnamed people`
}
