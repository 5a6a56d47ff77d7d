import type { ReactNode } from 'react'
import type { Problem } from '../api'
import { Button } from './Button'
import { Icon, type IconName } from './Icon'

/** While something comes for the first time. */
export function Loading({ what }: { what: string }) {
  return (
    <div className="state" role="status">
      <span className="spinner spinner--large" aria-hidden="true" />
      <p>{what} …</p>
    </div>
  )
}

/** Where there is nothing, and what one could do. */
export function Empty({ icon, title, children, action }: { icon: IconName; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="state">
      <span className="state__icon">
        <Icon name={icon} size={28} />
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  )
}

/** What could not be had, why, and a way to try again. */
export function Failed({ what, problem, onRetry }: { what: string; problem: Problem; onRetry?: () => void }) {
  return (
    <div className="state state--failed" role="alert">
      <span className="state__icon">
        <Icon name="failed" size={28} />
      </span>
      <h2>{what}</h2>
      <p>
        {problem.sentence}
        {problem.status > 0 && <span className="state__status"> ({problem.status})</span>}
      </p>
      {onRetry && (
        <Button icon="reload" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}

/** A line within a page: something to know, or something that has gone wrong while the rest is still there. */
export function Banner({ tone = 'note', children, action }: { tone?: 'note' | 'failed' | 'warning'; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={`banner banner--${tone}`} role={tone === 'failed' ? 'alert' : 'status'}>
      {tone !== 'note' && <Icon name="failed" />}
      <div className="banner__text">{children}</div>
      {action}
    </div>
  )
}
