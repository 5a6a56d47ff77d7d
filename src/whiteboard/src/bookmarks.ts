import { AssetRecordType, getHashForString, type Editor, type TLBookmarkAsset } from 'tldraw'
import type { Room } from './room'
import { withAccess } from './uploads'

interface Preview {
  title: string
  description: string
  image: string
  favicon: string
}

const NOTHING: Preview = { title: '', description: '', image: '', favicon: '' }

/** Has the server look at links that are pasted: browsers may not read other sites' pages. */
export function previewLinks(editor: Editor, room: Room): void {
  editor.registerExternalAssetHandler('url', async ({ url }): Promise<TLBookmarkAsset> => {
    const preview = await previewOf(url, room)
    return {
      id: AssetRecordType.createId(getHashForString(url)),
      typeName: 'asset',
      type: 'bookmark',
      meta: {},
      props: { src: url, ...preview, title: preview.title || url },
    }
  })
}

/** A link is worth keeping when there is nothing to be had of it. */
async function previewOf(url: string, room: Room): Promise<Preview> {
  const question = withAccess(new URL('/unfurl', location.origin), room)
  question.searchParams.set('url', url)
  try {
    const answer = await fetch(question)
    return answer.ok ? { ...NOTHING, ...known(await answer.json()) } : NOTHING
  } catch {
    return NOTHING
  }
}

function known({ title, description, image, favicon }: Partial<Preview>): Partial<Preview> {
  return Object.fromEntries(
    Object.entries({ title, description, image, favicon }).filter(([, value]) => typeof value === 'string'),
  )
}
