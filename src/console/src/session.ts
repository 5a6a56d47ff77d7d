import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Api } from './api'

// The token is in this tab alone, and gone when it is closed. It is never in a URL, where histories and logs keep it.
const KEY = 'drawbridge.console.token'

const listeners = new Set<() => void>()
const endings = new Set<() => void>()
/** Where there is no session storage, it is kept until the page is reloaded. */
let inMemory: string | null = null

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY) ?? inMemory
  } catch {
    return inMemory
  }
}

export function isSignedIn(): boolean {
  return read() !== null
}

export function signIn(token: string): void {
  inMemory = token
  try {
    sessionStorage.setItem(KEY, token)
  } catch {
    // It is in memory.
  }
  for (const tell of listeners) tell()
}

/** Forgets the token, and what this browser keeps of the rooms. */
export function signOut(): void {
  inMemory = null
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // It was in memory only.
  }
  for (const end of endings) end()
  for (const tell of listeners) tell()
}

/** Has something done whenever somebody signs out. */
export function atSignOut(action: () => void): void {
  endings.add(action)
}

export function useToken(): string | null {
  return useSyncExternalStore(subscribe, read)
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

export const ApiContext = createContext<Api | null>(null)

/** The API with the operator's token. Only within the shell, where somebody is signed in. */
export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('Nobody is signed in')
  return api
}
