import { useMemo } from 'react'
import { createApi } from './api'
import { ApiContext, signOut, useToken } from './session'
import { Shell } from './Shell'
import { SignIn } from './SignIn'
import { Toasts } from './ui'

/** The console: signed in, or asking for the token. */
export function App() {
  const token = useToken()
  const api = useMemo(() => (token === null ? null : createApi(token, signOut)), [token])
  return (
    <Toasts>
      {api ? (
        <ApiContext value={api}>
          <Shell />
        </ApiContext>
      ) : (
        <SignIn />
      )}
    </Toasts>
  )
}
