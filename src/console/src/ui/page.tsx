import { useEffect, useRef, type ReactNode } from 'react'

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Drawbridge`
  }, [title])
}

let isFirst = true

/** The head of a page: its heading, which takes focus when one comes from another page, and what one can do there. */
export function PageHead({ title, above, note, children }: { title: string; above?: ReactNode; note?: ReactNode; children?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useTitle(title)
  useEffect(() => {
    if (!isFirst) heading.current?.focus()
    isFirst = false
  }, [])
  return (
    <header className="page-head">
      <div className="page-head__words">
        {above}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {note && <div className="page-head__note">{note}</div>}
      </div>
      {children && <div className="page-head__actions">{children}</div>}
    </header>
  )
}
