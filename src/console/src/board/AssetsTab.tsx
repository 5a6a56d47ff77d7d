import { useCallback, useState } from 'react'
import type { Asset, AssetPage, Room } from '../api'
import { useLoaded } from '../load'
import { useApi } from '../session'
import { Banner, Button, Bytes, bytes, counted, Empty, Failed, Icon, IconButton, Loading, Table, Time, useToast, type Column } from '../ui'
import { uploadQuery, type ViewAccess } from './access'
import { Confirm } from './Confirm'
import { useDoing } from './doing'

const PAGE = 50

/** The images and videos of a board: those beside it, and those that are still inside. */
export function AssetsTab({ room, access, isKept }: { room: Room; access: ViewAccess; isKept: boolean }) {
  // Those that are taken out of the document are uploads from then on.
  const [takenOut, setTakenOut] = useState(0)
  return (
    <>
      <Embedded room={room} isKept={isKept} onTakenOut={() => setTakenOut(takenOut + 1)} />
      {isKept ? (
        <Uploads key={takenOut} room={room} access={access} />
      ) : (
        <Empty icon="assets" title="This server keeps no images">
          They are inside the documents. With drawbridge.assets.store the server keeps them beside the boards, which makes
          these small and quick.
        </Empty>
      )}
    </>
  )
}

function Embedded({ room, isKept, onTakenOut }: { room: Room; isKept: boolean; onTakenOut: () => void }) {
  const api = useApi()
  const toast = useToast()
  const load = useCallback((signal: AbortSignal) => api.embeddedAssets(room.id, signal), [api, room.id])
  const { value, reload } = useLoaded(load)
  const [isAsked, setAsked] = useState(false)
  const [left, setLeft] = useState<{ recordId: string; why: string }[]>([])

  if (!value || value.count === 0) return null
  return (
    <>
      <Banner
        tone="warning"
        action={isKept && <Button onClick={() => setAsked(true)}>Take them out</Button>}
      >
        {counted(value.count, 'image or video is', 'images and videos are')} inside the document, and{' '}
        {value.count === 1 ? 'takes' : 'take'} {bytes(value.characters)} of it.
      </Banner>
      {left.length > 0 && (
        <Banner tone="failed">
          {counted(left.length, 'image has', 'images have')} stayed inside:
          <ul>
            {left.slice(0, 20).map(({ recordId, why }) => (
              <li key={recordId}>
                <code>{recordId}</code>: {why}
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {isAsked && (
        <Confirm
          title="Take images out of the document?"
          action="Take them out"
          onConfirm={async () => {
            const { moved, bytes: size, left } = await api.externaliseAssets(room.id, location.origin)
            setLeft(left)
            toast(`${counted(moved, 'image is', 'images are')} beside the board now (${bytes(size)})`)
            reload()
            onTakenOut()
          }}
          onClose={() => setAsked(false)}
        >
          <p>
            They become uploads of this server, and people in the room see no difference. Their addresses begin with{' '}
            <code>{location.origin}</code>: come to the console by the address that your users have. What is there now
            becomes a version first.
          </p>
        </Confirm>
      )}
    </>
  )
}

function Uploads({ room, access }: { room: Room; access: ViewAccess }) {
  const api = useApi()
  const toast = useToast()
  const { what, act } = useDoing()
  const load = useCallback((signal: AbortSignal) => api.roomAssets(room.id, { limit: PAGE }, signal), [api, room.id])
  const first = useLoaded(load)
  const [more, setMore] = useState<AssetPage[]>([])
  const [wanted, setWanted] = useState<Asset | null>(null)
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())

  if (!first.value) {
    return first.problem ? (
      <Failed what="The assets cannot be listed" problem={first.problem} onRetry={first.reload} />
    ) : (
      <Loading what="Listing the assets" />
    )
  }
  const pages = [first.value, ...more]
  const assets = pages.flatMap((page) => page.assets).filter(({ id }) => !gone.has(id))
  const next = pages.at(-1)!.next
  const { usage } = first.value
  const query = uploadQuery(access, room.id)

  if (assets.length === 0 && !next) {
    return (
      <Empty icon="assets" title="No images or videos">
        None has been brought to this board.
      </Empty>
    )
  }

  const columns: Column<Asset>[] = [
    { id: 'preview', header: 'Preview', headerHidden: true, className: 'assets__preview', cell: (asset) => <Preview asset={asset} query={query} /> },
    {
      id: 'id',
      header: 'Asset',
      isName: true,
      cell: (asset) => (
        <a className="assets__name" href={source(asset, query)} target="_blank" rel="noopener noreferrer">
          {asset.id}
        </a>
      ),
    },
    { id: 'type', header: 'Type', cell: ({ type }) => type },
    { id: 'size', header: 'Size', align: 'end', cell: ({ size }) => <Bytes value={size} /> },
    { id: 'created', header: 'Brought', cell: ({ created }) => <Time value={created} /> },
    {
      id: 'actions',
      header: 'Actions',
      headerHidden: true,
      align: 'end',
      cell: (asset) => <IconButton icon="delete" label={`Delete ${asset.id}`} onClick={() => setWanted(asset)} />,
    },
  ]
  return (
    <>
      <p className="soft tab-note">
        {counted(usage.count, 'asset')}, {bytes(usage.bytes)} together
      </p>
      <Table caption="Assets of the board" columns={columns} rows={assets} keyOf={({ id }) => id} />
      {next && (
        <div className="more">
          <Button
            busy={what === 'more'}
            onClick={() =>
              void act('more', async () => {
                const page = await api.roomAssets(room.id, { limit: PAGE, cursor: next })
                setMore((before) => [...before, page])
              })
            }
          >
            Show more
          </Button>
        </div>
      )}
      {wanted && (
        <Confirm
          title="Delete this asset?"
          action="Delete for good"
          icon="delete"
          isDanger
          onConfirm={async () => {
            await api.deleteAsset(wanted.id)
            setGone((before) => new Set(before).add(wanted.id))
            toast('The asset is deleted')
          }}
          onClose={() => setWanted(null)}
        >
          <p>
            <code>{wanted.id}</code> is served no more. Boards and versions that show it have a gap there.
          </p>
        </Confirm>
      )}
    </>
  )
}

function source({ id }: Asset, query: string | null): string {
  return `/uploads/${encodeURIComponent(id)}${query === null ? '' : `?${query}`}`
}

function Preview({ asset, query }: { asset: Asset; query: string | null }) {
  const [hasFailed, setFailed] = useState(false)
  if (!asset.type.startsWith('image/') || hasFailed) {
    return (
      <span className="assets__picture">
        <Icon name="assets" />
      </span>
    )
  }
  const width = query === null ? '?w=96' : '&w=96'
  return (
    <span className="assets__picture">
      <img src={source(asset, query) + width} alt="" loading="lazy" onError={() => setFailed(true)} />
    </span>
  )
}
