import { uniqueId, type TLAsset, type TLAssetContext, type TLAssetStore } from 'tldraw'
import type { Room } from './room'

/** Where images and videos of a room are kept: on the server, beside the room and not in it. */
export function uploads(room: Room, failed: (why: string) => void): TLAssetStore {
  return {
    async upload(_asset, file, abortSignal) {
      const src = new URL(`/uploads/${encodeURIComponent(`${uniqueId()}-${file.name}`)}`, location.origin)
      try {
        return { src: await send(file, src, room, abortSignal) }
      } catch (error) {
        if (!abortSignal?.aborted) failed(`${file.name}: ${(error as Error).message}`)
        throw error
      }
    },
    resolve,
  }
}

async function send(file: File, src: URL, room: Room, signal?: AbortSignal): Promise<string> {
  const answer = await fetch(withAccess(src, room), { method: 'PUT', body: file, signal }).catch((cause) => {
    throw new Error('The server cannot be reached.', { cause })
  })
  if (!answer.ok) {
    throw new Error(await reason(answer))
  }
  return src.href
}

/** The same address, with what the server should know about this visitor. */
export function withAccess(address: URL, room: Room): URL {
  const url = new URL(address)
  url.searchParams.set('room', room.id)
  if (room.token !== null) url.searchParams.set('token', room.token)
  return url
}

/** What the server says of a failure, for the person at the whiteboard. */
async function reason(answer: Response): Promise<string> {
  const problem: { detail?: string } | null = await answer.json().catch(() => null)
  return problem?.detail ?? `The server answered with ${answer.status}.`
}

const RASTER = new Set(['image/jpeg', 'image/png', 'image/webp'])

/** An image in the size that the screen needs. The server rounds it up, so that few sizes are made of each. */
export function resolve(asset: TLAsset, context: TLAssetContext): string | null {
  const src = asset.props.src
  if (asset.type !== 'image' || !src || context.shouldResolveToOriginal || !isResizable(asset.props, src)) {
    return src ?? null
  }
  const width = Math.ceil(asset.props.w * Math.min(context.steppedScreenScale * context.dpr, 1))
  if (width >= asset.props.w) {
    return src
  }
  const url = new URL(src)
  url.searchParams.set('w', String(width))
  return url.href
}

function isResizable(image: { mimeType: string | null; isAnimated: boolean }, src: string): boolean {
  return (
    src.startsWith(`${location.origin}/uploads/`) &&
    !image.isAnimated &&
    image.mimeType !== null &&
    RASTER.has(image.mimeType)
  )
}
