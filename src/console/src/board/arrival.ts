import { useEffect, useRef, type RefObject } from 'react'

/** Where lists and what is chosen from them do not stand beside each other; as in board.css. */
const narrow = matchMedia('(max-width: 1000px)')

/** For the heading of what was chosen: where it takes the list's place it takes the focus as well, which would be lost. */
export function useArrival(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (narrow.matches) heading.current?.focus()
  }, [])
  return heading
}

/** Gives the focus back to what was chosen, when the list is there again. */
export function focusLater(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus())
}
