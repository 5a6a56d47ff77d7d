import { useCallback, useState } from 'react'
import { TAB_ID } from 'tldraw'
import type { Room, Session } from '../api'
import { useLoaded } from '../load'
import { useApi } from '../session'
import { Banner, Button, bytes, Field, Icon, Loading, TextField, Time, useToast } from '../ui'
import { Confirm } from './Confirm'
import { useDoing } from './doing'

const EVERY = 3_000

/** Who is in the room, and what they may. */
export function People({ room }: { room: Room }) {
  const api = useApi()
  const load = useCallback((signal: AbortSignal) => api.sessions(room.id, signal), [api, room.id])
  const { value, problem, reload } = useLoaded(load, EVERY)
  const sessions = value?.sessions

  return (
    <section className="people" aria-label="People in the board">
      <h2>
        People {sessions && <span className="count">{sessions.length}</span>}
      </h2>
      {problem && (
        <Banner tone="failed" action={<Button onClick={reload}>Try again</Button>}>
          {problem.sentence}
        </Banner>
      )}
      {!sessions ? (
        !problem && <Loading what="Looking who is here" />
      ) : sessions.length === 0 ? (
        <p className="people__nobody">
          <Icon name="people" /> Nobody is here.
        </p>
      ) : (
        <ul className="people__list">
          {sessions.map((session) => (
            <Person key={session.id} room={room} session={session} onChange={reload} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Person({ room, session, onChange }: { room: Room; session: Session; onChange: () => void }) {
  const api = useApi()
  const { what, act } = useDoing()
  const [isSending, setSending] = useState(false)
  const isMe = session.id === TAB_ID
  const name = isMe ? 'You' : nameOf(session)

  return (
    <li className="person" data-session={session.id}>
      <div className="person__head">
        <strong className="person__name">{name}</strong>
        {isMe && <span className="badge">this page, unseen</span>}
        <Rights session={session} />
      </div>
      <p className="person__facts">
        {session.user && session.user.name && session.user.id !== session.user.name && (
          <span>
            <code>{session.user.id}</code>
          </span>
        )}
        <span>
          here since <Time value={session.since} />
        </span>
        {session.protocol !== undefined && (
          <span title={session.migrationsBehind ? `Its schema is ${session.migrationsBehind} migrations behind` : undefined}>
            protocol {session.protocol}
            {session.migrationsBehind ? ', an older tldraw' : ''}
          </span>
        )}
        <span className={session.queuedBytes > 1_000_000 ? 'person__slow' : undefined}>
          {session.queuedBytes === 0 ? 'nothing waits' : `${bytes(session.queuedBytes)} wait to be sent`}
        </span>
        {session.state !== 'connected' && (
          <span className="person__slow">
            {session.state === 'awaiting-connect' ? 'about to come in' : 'connection lost, may come back'}
          </span>
        )}
      </p>
      {!isMe && (
        <div className="person__actions">
          <Button
            icon={session.readonly ? 'edit' : undefined}
            busy={what === 'rights'}
            onClick={() =>
              void act(
                'rights',
                async () => {
                  await api.setReadonly(room.id, session.id, !session.readonly)
                  onChange()
                },
                session.readonly ? `${name} may draw` : `${name} may only look`,
              )
            }
          >
            {session.readonly ? 'Make editor' : 'Make viewer'}
          </Button>
          <Button onClick={() => setSending(true)}>Send away</Button>
        </div>
      )}
      {isSending && <SendAway room={room} session={session} onSent={onChange} onClose={() => setSending(false)} />}
    </li>
  )
}

function nameOf({ user }: Session): string {
  return user?.name || user?.id || 'Somebody unnamed'
}

function Rights({ session: { readonly, objectAccess } }: { session: Session }) {
  if (!readonly) return <span className="badge badge--good">Editor</span>
  return <span className="badge">{objectAccess === 'write' ? 'Commenter' : 'Viewer'}</span>
}

const REASONS: { id: string; label: string }[] = [
  { id: 'FORBIDDEN', label: 'They are not allowed to enter' },
  { id: 'NOT_AUTHENTICATED', label: 'They have to sign in again' },
  { id: 'NOT_FOUND', label: 'The board does not exist' },
  { id: 'ROOM_FULL', label: 'The room is full' },
  { id: 'RATE_LIMITED', label: 'Too much came from them' },
  { id: '', label: 'Words of your own …' },
]
const MOST_BYTES = 123

function SendAway({
  room,
  session,
  onSent,
  onClose,
}: {
  room: Room
  session: Session
  onSent: () => void
  onClose: () => void
}) {
  const api = useApi()
  const toast = useToast()
  const [reason, setReason] = useState(REASONS[0].id)
  const [words, setWords] = useState('')
  const name = nameOf(session)
  const said = reason || words.trim()
  const isTooLong = new TextEncoder().encode(said).length > MOST_BYTES

  return (
    <Confirm
      title={`Send ${name} away?`}
      action="Send away"
      isDanger
      isReady={said !== '' && !isTooLong}
      onConfirm={async () => {
        await api.sendAway(room.id, session.id, said)
        toast(`${name} was sent away`)
        onSent()
      }}
      onClose={onClose}
    >
      <p>
        Their board closes and says why. It does not connect again by itself; but who still has a link may open it again.
      </p>
      <Field label="What they are told">
        {(control) => (
          <select className="input" {...control} value={reason} onChange={(event) => setReason(event.target.value)}>
            {REASONS.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
                {id && ` (${id})`}
              </option>
            ))}
          </select>
        )}
      </Field>
      {reason === '' && (
        <TextField
          label="Your words"
          hint="They reach the application as they are."
          error={isTooLong ? `At most ${MOST_BYTES} bytes.` : null}
          value={words}
          onChange={setWords}
        />
      )}
    </Confirm>
  )
}
