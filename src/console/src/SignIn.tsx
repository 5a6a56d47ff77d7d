import { useState } from 'react'
import icon from './icon.svg'
import { asProblem, createApi, type Problem } from './api'
import { signIn } from './session'
import './signin.css'
import { ThemeMenu } from './ThemeMenu'
import { Button, TextField, useTitle } from './ui'

/** Asks for the admin token, and tries it. */
export function SignIn() {
  const [token, setToken] = useState('')
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  useTitle('Sign in')

  async function tryIt() {
    const wanted = token.trim()
    if (wanted === '') {
      setError('Enter the token.')
      return
    }
    // Headers carry nothing else, and no token is anything else.
    if (!/^[\x21-\x7e]+$/.test(wanted)) {
      setError('A token has no spaces, and no letters outside of ASCII.')
      return
    }
    setBusy(true)
    setError(null)
    try {
      await createApi(wanted).stats()
      signIn(wanted)
    } catch (thrown) {
      setError(whyNot(asProblem(thrown)))
      setBusy(false)
    }
  }

  return (
    <main className="sign-in">
      <form
        className="sign-in__card card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!isBusy) void tryIt()
        }}
      >
        <img src={icon} alt="" width="44" height="44" />
        <div>
          <h1>Drawbridge console</h1>
          <p className="soft">For those who operate this server.</p>
        </div>
        {/* For password managers, which keep nothing without a name. */}
        <input type="text" name="username" autoComplete="username" value="admin" readOnly hidden />
        <TextField
          label="Admin token"
          type="password"
          name="token"
          autoComplete="current-password"
          value={token}
          onChange={setToken}
          error={error}
          hint={
            <>
              The one of <code>drawbridge.admin.token</code>; when none is set, the server logs one at its start. It
              is kept in this tab, until you sign out or close it.
            </>
          }
        />
        <Button type="submit" kind="primary" busy={isBusy}>
          Sign in
        </Button>
      </form>
      <div className="sign-in__corner">
        <ThemeMenu />
      </div>
    </main>
  )
}

function whyNot(problem: Problem): string {
  if (problem.status === 401) return 'This is not the token of this server.'
  if (problem.status === 429) {
    return `Too many wrong tokens came from here. Try again in ${problem.retryAfter ?? 60} seconds.`
  }
  if (problem.status === 404) return 'The admin API of this server is turned off.'
  return problem.sentence
}
