import { getAssetUrlsByImport } from '@tldraw/assets/imports.vite'
import { useSync } from '@tldraw/sync'
import { useMemo } from 'react'
import { inlineBase64AssetStore, LoadingScreen, Tldraw, type TLComponents } from 'tldraw'
import { Notice } from './Notice'
import { refusal } from './refusal'
import type { Room } from './room'
import { SharePanel } from './SharePanel'

// Fonts, icons and translations come with the page: without this, tldraw fetches them from its CDN.
const assetUrls = getAssetUrlsByImport()

/** A plain tldraw editor on a room of the server. */
export function Whiteboard({ room, licenseKey }: { room: Room; licenseKey?: string }) {
  const store = useSync({ uri: room.uri, assets: inlineBase64AssetStore })

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
      licenseKey={licenseKey}
      components={components}
      onMount={(editor) => {
        // For the browser's console, and for the browser test.
        Object.assign(window, { editor })
      }}
    />
  )
}
