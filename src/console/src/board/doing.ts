import { useCallback, useEffect, useRef, useState } from 'react'
import { asProblem, type Problem } from '../api'
import { useToast } from '../ui'

export interface Doing {
  /** What is being done, by the name it was begun with. */
  what: string | null
  /** Does something, and tells what has come of it. One thing at a time. */
  act: (what: string, action: () => Promise<unknown>, done?: string) => Promise<boolean>
}

/** What the operator has started on a page, with a message when it has gone wrong. */
export function useDoing(): Doing {
  const toast = useToast()
  const [what, setWhat] = useState<string | null>(null)
  const current = useRef<string | null>(null)

  const act = useCallback<Doing['act']>(
    async (name, action, done) => {
      if (current.current !== null) return false
      current.current = name
      setWhat(name)
      try {
        await action()
        if (done) toast(done)
        return true
      } catch (thrown) {
        toast(asProblem(thrown).sentence, { tone: 'failed' })
        return false
      } finally {
        current.current = null
        setWhat(null)
      }
    },
    [toast],
  )
  return { what, act }
}

/** The same for a dialog, where what has gone wrong stands in the dialog. */
export function useSubmission(): {
  isBusy: boolean
  problem: Problem | null
  submit: (action: () => Promise<unknown>) => Promise<void>
} {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const isThere = useRef(true)
  useEffect(() => {
    isThere.current = true
    return () => {
      isThere.current = false
    }
  }, [])

  const submit = useCallback(async (action: () => Promise<unknown>) => {
    setBusy(true)
    setProblem(null)
    try {
      await action()
    } catch (thrown) {
      if (isThere.current) setProblem(asProblem(thrown))
    } finally {
      if (isThere.current) setBusy(false)
    }
  }, [])
  return { isBusy, problem, submit }
}
