import { getAssetUrlsByImport } from '@tldraw/assets/imports.vite'
import { useSync } from '@tldraw/sync'
import { useMemo, useState } from 'react'
import { inlineBase64AssetStore, LoadingScreen, Tldraw, type TLComponents } from 'tldraw'
import { previewLinks } from './bookmarks'
import { Notice } from './Notice'
import { refusal } from './refusal'
import type { Room } from './room'
import type { Settings } from './settings'
import { SharePanel } from './SharePanel'
import { Failures, UploadFailures } from './UploadFailures'
import { uploads } from './uploads'

// Fonts, icons and translations come with the page: without this, tldraw fetches them from its CDN.
const assetUrls = getAssetUrlsByImport()

/** A plain tldraw editor on a room of the server. */
export function Whiteboard({ room, settings }: { room: Room; settings: Settings }) {
  const [failures] = useState(() => new Failures())
  const assets = useMemo(
    () => (settings.uploads ? uploads(room, failures.report) : inlineBase64AssetStore),
    [room, settings, failures],
  )
  const store = useSync({ uri: room.uri, assets })

  // tldraw compares components by identity: a new object on each render would build its whole UI again.
  const components = useMemo<TLComponents>(
    () => ({
      SharePanel: () => <SharePanel room={room} />,
      LoadingScreen: () => <LoadingScreen>Connecting to the room …</LoadingScreen>,
    }),
    [room],
  )

  if (store.status === 'error') {
    return (
      <Notice title="The whiteboard is closed">
        {refusal(store.error)} <a href={location.href}>Try again</a>
      </Notice>
    )
  }
  return (
    <Tldraw
      className="whiteboard"
      store={store}
      assetUrls={assetUrls}
      licenseKey={settings.licenseKey}
      components={components}
      onMount={(editor) => {
        // For the browser's console, and for the browser test.
        Object.assign(window, { editor })
        if (settings.linkPreviews) previewLinks(editor, room)
      }}
    >
      <UploadFailures failures={failures} />
    </Tldraw>
  )
}
