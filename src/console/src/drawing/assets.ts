import type { TLAsset, TLAssetStore } from 'tldraw'

/**
 * Files that this server has, and those within the document. Others are not asked for: the console talks to nobody else.
 *
 * @param access what to say to a server that shows uploads only to those who may see the room; not the admin token
 */
export function ownAssets(access: () => string | null = () => null): TLAssetStore {
  return {
    async upload() {
      throw new Error('The console uploads nothing')
    },
    resolve: (asset) => sourceOf(asset, access()),
  }
}

function sourceOf(asset: TLAsset, access: string | null): string | null {
  const src = asset.type === 'bookmark' ? null : asset.props.src
  if (!src || /^(data|blob):/.test(src)) return src
  return uploadAt(src, access)
}

/** The same upload at the address by which the console was reached: those who draw may know the server by another name. */
function uploadAt(src: string, access: string | null): string | null {
  if (!URL.canParse(src, location.origin)) return null
  const { pathname } = new URL(src, location.origin)
  if (!/^(\/api)?\/uploads\//.test(pathname)) return null
  return location.origin + pathname + (access === null ? '' : `?${access}`)
}
