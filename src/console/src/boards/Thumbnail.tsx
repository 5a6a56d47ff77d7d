import { useEffect, useRef, useState, type RefObject } from 'react'
import type { Room } from '../api'
import { Link } from '../route'
import { useApi } from '../session'
import { useSettings } from '../settings'
import { Icon, useIsDark } from '../ui'
import { pictures, type Thumbnail as Drawn } from './pictures'

/** A board, small. It is drawn when it is seen, and anew when the board has changed. */
export function Thumbnail({ room }: { room: Room }) {
  const frame = useRef<HTMLAnchorElement>(null)
  const isSeen = useIsSeen(frame)
  const thumbnail = useThumbnail(room, isSeen)
  return (
    // The name beside it is the link that one hears of and comes to by key.
    <Link ref={frame} className="thumbnail" to={{ page: 'board', id: room.id }} tabIndex={-1} aria-hidden="true">
      <Content thumbnail={thumbnail} />
    </Link>
  )
}

function Content({ thumbnail }: { thumbnail: Drawn | null }) {
  const url = useUrl(thumbnail?.kind === 'drawn' ? thumbnail.image : null)
  switch (thumbnail?.kind) {
    case undefined:
      return <span className="thumbnail__wait" />
    case 'drawn':
      return (
        <>
          {url && <img src={url} alt="" />}
          {thumbnail.missing && (
            <span className="thumbnail__note" title={`Not in the picture: ${thumbnail.missing}`}>
              <Icon name="failed" size={13} />
            </span>
          )}
        </>
      )
    case 'empty':
      return <span title={thumbnail.missing && `Not in the picture: ${thumbnail.missing}`}>empty</span>
    case 'large':
      return <span title="Boards of more than 2 MB are not drawn here">large</span>
    case 'failed':
      return <span title={thumbnail.why}>no picture</span>
  }
}

function useThumbnail(room: Room, isSeen: boolean): Drawn | null {
  const api = useApi()
  const { licenseKey } = useSettings()
  const isDark = useIsDark()
  const [drawn, setDrawn] = useState<{ thumbnail: Drawn; isDark: boolean } | null>(null)
  // What is asked for changes with the clock and the size alone, not with everything that is known of a room.
  const { id, documentClock, bytes, records } = room
  const latest = useRef(room)
  latest.current = room

  useEffect(() => {
    if (!isSeen) return
    const ended = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    async function show() {
      const kept = await pictures.find(latest.current, isDark)
      if (ended.signal.aborted) return
      if (kept) setDrawn({ thumbnail: kept.thumbnail, isDark })
      if (!kept || kept.dueIn === 0) await draw()
      else if (kept.dueIn !== Infinity) timer = setTimeout(() => void draw(), kept.dueIn)
    }
    async function draw() {
      const thumbnail = await pictures.draw(api, latest.current, isDark, licenseKey, ended.signal)
      if (thumbnail && !ended.signal.aborted) setDrawn({ thumbnail, isDark })
    }
    void show()
    return () => {
      ended.abort()
      clearTimeout(timer)
    }
  }, [api, id, documentClock, bytes, records, isSeen, isDark, licenseKey])

  return drawn?.isDark === isDark ? drawn.thumbnail : null
}

function useIsSeen(frame: RefObject<Element | null>): boolean {
  const [isSeen, setSeen] = useState(false)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => setSeen(entry.isIntersecting), { rootMargin: '100px' })
    observer.observe(frame.current!)
    return () => observer.disconnect()
  }, [frame])
  return isSeen
}

function useUrl(blob: Blob | null): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!blob) return
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => {
      setUrl(null)
      URL.revokeObjectURL(made)
    }
  }, [blob])
  return url
}
