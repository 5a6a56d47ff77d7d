import { useCallback, useMemo } from 'react'
import { useLoaded } from '../load'
import { useApi } from '../session'
import { useSettings } from '../settings'

/**
 * How the console looks into a room as a viewer: by a link for one room, which says nothing of the admin token.
 *
 * `coming` while the link is made; `none` where this server cannot make any.
 */
export type ViewAccess = { state: 'coming' } | { state: 'none'; why: string } | { state: 'there'; query: URLSearchParams }

const HOURS = 12

export function useViewAccess(roomId: string): ViewAccess {
  const api = useApi()
  const { access, links } = useSettings()
  const isNeeded = access !== 'open' && links
  const load = useCallback(
    async () =>
      isNeeded
        ? api.createLink(roomId, { permission: 'view', name: 'Operator', expiresInSeconds: HOURS * 3600 })
        : null,
    [api, roomId, isNeeded],
  )
  // Made anew long before it ends; a socket that is open takes the new one when it connects again.
  const { value, problem } = useLoaded(load, (HOURS / 2) * 3_600_000)

  return useMemo<ViewAccess>(() => {
    if (access === 'open') return { state: 'there', query: new URLSearchParams({ readonly: 'true' }) }
    if (!links) return { state: 'none', why: 'This server cannot make links.' }
    if (value) {
      const query = new URL(value.path, location.origin).searchParams
      query.set('readonly', 'true')
      return { state: 'there', query }
    }
    return problem ? { state: 'none', why: problem.sentence } : { state: 'coming' }
  }, [access, links, value, problem])
}

/** What an upload's address needs where uploads are shown only to those who may see the room; `null` when nothing. */
export function uploadQuery(access: ViewAccess, roomId: string): string | null {
  const token = access.state === 'there' ? access.query.get('token') : null
  return token === null ? null : new URLSearchParams({ room: roomId, token }).toString()
}
