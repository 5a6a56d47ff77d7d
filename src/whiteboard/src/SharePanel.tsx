import { useRef } from 'react'
import {
  DefaultPeopleMenu,
  DefaultUserPresenceEditor,
  TldrawUiButton,
  TldrawUiButtonIcon,
  TldrawUiButtonLabel,
  TldrawUiPopover,
  TldrawUiPopoverContent,
  TldrawUiPopoverTrigger,
  useCollaborationStatus,
  useReadonly,
  useToasts,
} from 'tldraw'
import type { Room } from './room'

/** The top right corner: who is here, and one menu with the connection, the visitor's own name and the links. */
export function SharePanel({ room }: { room: Room }) {
  const isOnline = useCollaborationStatus() === 'online'
  const isReadonly = useReadonly()

  return (
    <div className="tlui-share-zone share">
      <DefaultPeopleMenu />
      <TldrawUiPopover id="share">
        <TldrawUiPopoverTrigger>
          <TldrawUiButton type="normal" className="share__button" data-testid="share">
            <span className="share__dot" data-online={isOnline} />
            <TldrawUiButtonLabel>{isReadonly ? 'Read-only' : 'Share'}</TldrawUiButtonLabel>
          </TldrawUiButton>
        </TldrawUiPopoverTrigger>
        <TldrawUiPopoverContent side="bottom" align="end" sideOffset={4} collisionPadding={4}>
          <div className="share__menu">
            <p role="status">{connectionState(isOnline, isReadonly)}</p>
            <div className="share__you">
              <DefaultUserPresenceEditor />
            </div>
            {/* Whoever may only look passes on the right to look. */}
            {!isReadonly && <LinkField label="Link to draw together" link={room.link} />}
            <LinkField label="Link to look only" link={room.readonlyLink} />
          </div>
        </TldrawUiPopoverContent>
      </TldrawUiPopover>
    </div>
  )
}

function connectionState(isOnline: boolean, isReadonly: boolean): string {
  if (isReadonly) return isOnline ? 'Online. You see every change, but cannot draw.' : 'Offline.'
  return isOnline
    ? 'Online. The others see every change.'
    : 'Offline. Your changes are kept, and sent when the connection is back.'
}

function LinkField({ label, link }: { label: string; link: string }) {
  const input = useRef<HTMLInputElement>(null)
  const { addToast } = useToasts()

  async function copy() {
    input.current!.select()
    try {
      await navigator.clipboard.writeText(link)
      addToast({ title: 'Link copied', severity: 'success' })
    } catch {
      // Browsers give no clipboard to pages that came by plain http from another machine.
      addToast({ title: 'The link is selected: copy it with Ctrl+C', severity: 'info' })
    }
  }

  return (
    <label className="share__link">
      {label}
      <span>
        <input ref={input} value={link} readOnly onFocus={(event) => event.target.select()} />
        <TldrawUiButton type="icon" title={`Copy: ${label}`} onClick={copy}>
          <TldrawUiButtonIcon icon="clipboard-copy" />
        </TldrawUiButton>
      </span>
    </label>
  )
}
