import { useState } from 'react'
import { Problem, type Link, type Room } from '../api'
import { useApi } from '../session'
import { useSettings } from '../settings'
import { Banner, Button, CopyButton, Empty, exactly, Field, TextField } from '../ui'
import { useSubmission } from './doing'

type Permission = 'edit' | 'comment' | 'view'

const permissions: { id: Permission; label: string; what: string }[] = [
  { id: 'edit', label: 'Draw', what: 'may change everything on the board' },
  { id: 'comment', label: 'Comment', what: 'may look, and write comments' },
  { id: 'view', label: 'Look', what: 'may change nothing' },
]

const durations: { seconds: number; label: string }[] = [
  { seconds: 3_600, label: 'An hour' },
  { seconds: 8 * 3_600, label: 'Eight hours' },
  { seconds: 86_400, label: 'A day' },
  { seconds: 7 * 86_400, label: 'A week' },
  { seconds: 30 * 86_400, label: '30 days' },
]

interface Made {
  id: number
  link: Link
  url: string
  permission: Permission
  name: string
}

/** Makes links into the board. They are shown once, and kept nowhere. */
export function LinksTab({ room }: { room: Room }) {
  const api = useApi()
  const { access, links } = useSettings()
  const [permission, setPermission] = useState<Permission>('edit')
  const [name, setName] = useState('')
  const [userId, setUserId] = useState('')
  const [seconds, setSeconds] = useState(86_400)
  const [made, setMade] = useState<Made[]>([])
  const { isBusy, problem, submit } = useSubmission()
  const isOpen = access === 'open'

  if ((!links && !isOpen) || problem?.type === 'not-supported') return <NotHere problem={problem} />

  const offered = isOpen ? permissions.filter(({ id }) => id !== 'comment') : permissions
  return (
    <div className="links">
      <form
        className="card links__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (isBusy) return
          void submit(async () => {
            const link = await api.createLink(room.id, {
              permission,
              ...(isOpen
                ? {}
                : { expiresInSeconds: seconds, name: name.trim() || undefined, userId: userId.trim() || undefined }),
            })
            const url = urlOf(link, permission)
            setMade((before) => [{ id: before.length, link, url, permission, name: name.trim() }, ...before])
          })
        }}
      >
        <h2>Make a link</h2>
        <fieldset className="permissions">
          <legend>Whoever has it may</legend>
          {offered.map(({ id, label, what }) => (
            <label key={id} className="permissions__one">
              <input type="radio" name="permission" checked={permission === id} onChange={() => setPermission(id)} />
              <span>
                <strong>{label}</strong>
                <span className="soft small">{what}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {isOpen ? (
          <p className="soft">
            This server lets everybody in who knows a board’s address. A link to look is a courtesy: whoever has it can
            take <code>?readonly=true</code> away.
          </p>
        ) : (
          <>
            <TextField
              label="Name"
              hint="What the others see of the person. Leave it empty for a link that several use."
              value={name}
              maxLength={200}
              onChange={setName}
            />
            <TextField label="User id" hint="As your application knows them, if it does." value={userId} maxLength={200} onChange={setUserId} />
            <Field label="It holds for">
              {(control) => (
                <select className="input" {...control} value={seconds} onChange={(event) => setSeconds(Number(event.target.value))}>
                  {durations.map((each) => (
                    <option key={each.seconds} value={each.seconds}>
                      {each.label}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </>
        )}
        {problem && <Banner tone="failed">{problem.sentence}</Banner>}
        <Button type="submit" kind="primary" icon="link" busy={isBusy}>
          Make the link
        </Button>
      </form>
      <section className="links__made" aria-label="Links that were made" aria-live="polite">
        {made.length === 0 ? (
          <Empty icon="link" title="No link yet">
            A link is shown here once, when it is made. The server keeps none, so that none can be looked up or taken back:
            it ends when its time has come.
          </Empty>
        ) : (
          <>
            {made.map((each) => (
              <MadeLink key={each.id} made={each} />
            ))}
            {!isOpen && (
              <p className="soft small">Copy what you need: when you leave this page, these links are not shown again.</p>
            )}
          </>
        )}
      </section>
    </div>
  )
}

/** Where nobody needs a token, it is the address that says that one only looks. */
function urlOf({ path, token }: Link, permission: Permission): string {
  const url = new URL(path, location.origin)
  if (token === undefined && permission === 'view') url.searchParams.set('readonly', 'true')
  return url.href
}

function MadeLink({ made: { link, url, permission, name } }: { made: Made }) {
  const label = permissions.find(({ id }) => id === permission)!.label
  const title = `${label}${name ? `, as ${name}` : ''}`
  return (
    <div className="card link">
      <div className="link__head">
        <strong>{title}</strong>
        {link.expires && <span className="soft small">until {exactly(new Date(link.expires))}</span>}
      </div>
      <div className="link__url">
        <input className="input code" aria-label={`Link: ${title}`} readOnly value={url} onFocus={(event) => event.target.select()} />
        <CopyButton text={url} what="Link" />
      </div>
    </div>
  )
}

function NotHere({ problem }: { problem: Problem | null }) {
  const { access } = useSettings()
  const why: Record<typeof access, string> = {
    jwt: 'Tokens for this server are signed elsewhere: it has only the key to check them. Make links in your own application, or give the server a secret (drawbridge.access.jwt.secret).',
    webhook: 'A service of yours decides who may enter. Make links in your own application, as that service expects them.',
    custom: 'Your own code decides who may enter. Make links in your own application.',
    open: 'Everybody who knows the address of the board may enter.',
  }
  return (
    <Empty icon="link" title="Links are not made here">
      {why[access]}
      {problem?.detail && ` The server says: ${problem.detail}.`}
    </Empty>
  )
}
