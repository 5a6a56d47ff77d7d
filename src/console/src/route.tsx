import { useMemo, useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent, type Ref } from 'react'

/** What the console shows; it is all in the page's URL. */
export type Route =
  | { page: 'boards' }
  | { page: 'board'; id: string; tab?: string }
  | { page: 'server'; tab?: string }
  | { page: 'nowhere' }

const ROOT = '/console'

export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'boards':
      return ROOT
    case 'board':
      return `${ROOT}/boards/${encodeURIComponent(route.id)}${query(route.tab)}`
    case 'server':
      return `${ROOT}/server${query(route.tab)}`
    case 'nowhere':
      return `${ROOT}/nowhere`
  }
}

function query(tab?: string): string {
  return tab ? `?${new URLSearchParams({ tab })}` : ''
}

export function routeOf(pathname: string, search: string): Route {
  const tab = new URLSearchParams(search).get('tab') ?? undefined
  const path = pathname.replace(/\/$/, '')
  if (path === ROOT || path === `${ROOT}/boards`) return { page: 'boards' }
  if (path === `${ROOT}/server`) return { page: 'server', tab }
  const id = /^\/console\/boards\/([^/]+)$/.exec(path)?.[1]
  if (id === undefined) return { page: 'nowhere' }
  try {
    return { page: 'board', id: decodeURIComponent(id), tab }
  } catch {
    return { page: 'nowhere' }
  }
}

const listeners = new Set<() => void>()

/** Goes to another page of the console; with `replace`, so that "back" does not return here. */
export function navigate(route: Route, how: { replace?: boolean } = {}): void {
  const href = hrefOf(route)
  if (href === location.pathname + location.search) return
  if (how.replace) history.replaceState(null, '', href)
  else history.pushState(null, '', href)
  for (const tell of listeners) tell()
}

export function useRoute(): Route {
  const where = useSyncExternalStore(subscribe, () => location.pathname + location.search)
  return useMemo(() => {
    const url = new URL(where, location.origin)
    return routeOf(url.pathname, url.search)
  }, [where])
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  addEventListener('popstate', tell)
  return () => {
    listeners.delete(tell)
    removeEventListener('popstate', tell)
  }
}

type LinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> & { to: Route; ref?: Ref<HTMLAnchorElement> }

/** A link within the console: a real one, that can be opened in a new tab and copied. */
export function Link({ to, onClick, ...others }: LinkProps) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    if (event.defaultPrevented || !isPlain || others.target) return
    event.preventDefault()
    navigate(to)
  }
  return <a {...others} href={hrefOf(to)} onClick={follow} />
}
