import {
  Box,
  defaultAddFontsFromNode,
  defaultBindingUtils,
  defaultShapeUtils,
  Editor,
  tipTapDefaultExtensions,
  type TLPageId,
  type TLStore,
} from 'tldraw'
import 'tldraw/tldraw.css'
import type { Snapshot } from '../api'
import { assetUrls } from './assetUrls'
import { drawable } from './drawable'

export interface Picture {
  /** Absent when there is nothing on the board. */
  image?: Blob
  /** What is missing in it, in words: `2 shape card`. */
  missing?: string
}

/** Draws the first page on which there is something, within a width and a height in pixels of the screen. */
export async function pictureOf(
  snapshot: Snapshot,
  look: { width: number; height: number; dark: boolean; licenseKey?: string },
): Promise<Picture> {
  const { store, leftOut } = drawable(snapshot)
  keepToOneself(store)
  const missing = [...leftOut].map(([what, count]) => `${count} ${what}`).join(', ') || undefined

  // An editor without a canvas. It measures texts, and takes over how they look: so it has to be in the page, and may be
  // neither hidden nor transparent there, but out of sight.
  const container = document.createElement('div')
  container.className = `tl-container ${look.dark ? 'tl-theme__dark' : 'tl-theme__light'}`
  container.style.cssText = 'position: fixed; top: -9999px; left: -9999px; width: 1px; height: 1px; overflow: hidden'
  container.ariaHidden = 'true'
  container.inert = true
  document.body.append(container)
  const editor = new Editor({
    store,
    shapeUtils: defaultShapeUtils,
    bindingUtils: defaultBindingUtils,
    tools: [],
    getContainer: () => container,
    licenseKey: look.licenseKey,
    fontAssetUrls: assetUrls.fonts,
    options: { text: { tipTapConfig: { extensions: tipTapDefaultExtensions }, addFontsFromNode: defaultAddFontsFromNode } },
  })
  try {
    const page = editor.getPages().find(({ id }) => editor.getPageShapeIds(id).size > 0)
    const bounds = page && boundsOf(editor, page.id)
    if (!bounds) return { missing }
    const padding = Math.max(bounds.w, bounds.h) * 0.04
    const around = bounds.clone().expandBy(padding)
    const { blob } = await editor.toImage([...editor.getCurrentPageShapeIds()], {
      format: 'png',
      bounds: around,
      padding: 0,
      scale: Math.min(look.width / around.w, look.height / around.h, 1),
      pixelRatio: Math.min(devicePixelRatio, 2),
      background: true,
      darkMode: look.dark,
    })
    return { image: blob, missing }
  } finally {
    editor.dispose()
    container.remove()
  }
}

/** Pictures of linked pages are theirs: the console asks nobody else for anything. */
function keepToOneself(store: TLStore): void {
  for (const asset of store.allRecords()) {
    if (asset.typeName !== 'asset' || asset.type !== 'bookmark') continue
    store.put([{ ...asset, props: { ...asset.props, image: '', favicon: '' } }])
  }
}

function boundsOf(editor: Editor, page: TLPageId): Box | undefined {
  editor.setCurrentPage(page)
  return editor.getCurrentPageBounds()
}
