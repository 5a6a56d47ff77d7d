import type { ReactNode } from 'react'

/** A page with one message, for when there is no whiteboard to show. */
export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="notice">
      <h1>{title}</h1>
      <p>{children}</p>
      <a href="/">Open a new room</a>
    </main>
  )
}
