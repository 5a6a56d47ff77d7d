import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, isAborted, type Problem } from './api'

/** Something that comes from the server. What was there before stays while it is asked for again, and when that fails. */
export interface Loaded<T> {
  value?: T
  problem?: Problem
  isLoading: boolean
  /** Asks again now. */
  reload: () => void
}

/**
 * Asks the server, and asks again when `load` is another function (keep it with `useCallback`) or every so many
 * milliseconds, unless nobody looks at the page.
 */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, every?: number): Loaded<T> {
  const [state, setState] = useState<{ of: typeof load; value?: T; problem?: Problem; isLoading: boolean }>({
    of: load,
    isLoading: true,
  })
  const again = useRef<() => void>(() => {})

  useEffect(() => {
    const ended = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let isAsking = false
    let wanted = false

    async function ask() {
      if (isAsking) {
        wanted = true
        return
      }
      isAsking = true
      clearTimeout(timer)
      setState((before) => (before.of === load ? { ...before, isLoading: true } : { of: load, isLoading: true }))
      try {
        const value = await load(ended.signal)
        if (!ended.signal.aborted) setState({ of: load, value, isLoading: false })
      } catch (thrown) {
        if (ended.signal.aborted || isAborted(thrown)) return
        setState((before) => ({ of: load, value: before.value, problem: asProblem(thrown), isLoading: false }))
      } finally {
        isAsking = false
      }
      if (ended.signal.aborted) return
      if (wanted) {
        wanted = false
        void ask()
      } else if (every !== undefined && !document.hidden) {
        timer = setTimeout(() => void ask(), every)
      }
    }

    function lookedAt() {
      if (every === undefined) return
      if (document.hidden) clearTimeout(timer)
      else void ask()
    }

    again.current = () => void ask()
    void ask()
    document.addEventListener('visibilitychange', lookedAt)
    return () => {
      ended.abort()
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', lookedAt)
    }
  }, [load, every])

  const reload = useCallback(() => again.current(), [])
  // Until the effect has run, what is there is of another question.
  const { value, problem, isLoading } = state.of === load ? state : { value: undefined, problem: undefined, isLoading: true }
  return { value, problem, isLoading, reload }
}
