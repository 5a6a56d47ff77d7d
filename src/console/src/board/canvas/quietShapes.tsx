import { BookmarkShapeUtil, EmbedShapeUtil, HTMLContainer, type TLBookmarkShape, type TLEmbedShape } from 'tldraw'

// The console asks nothing of other servers: what would be fetched from one is shown as what it is, a link.

class QuietEmbed extends EmbedShapeUtil {
  override component(shape: TLEmbedShape) {
    return <Elsewhere what="Embedded page" url={shape.props.url} title="" />
  }
}

class QuietBookmark extends BookmarkShapeUtil {
  override component(shape: TLBookmarkShape) {
    const asset = shape.props.assetId ? this.editor.getAsset(shape.props.assetId) : undefined
    return (
      <Elsewhere
        what="Link"
        url={shape.props.url}
        title={asset?.type === 'bookmark' ? asset.props.title : ''}
      />
    )
  }
}

export const quietShapes = [QuietEmbed, QuietBookmark]

function Elsewhere({ what, url, title }: { what: string; url: string; title: string }) {
  return (
    <HTMLContainer className="canvas__elsewhere">
      <span>{what}</span>
      {title && <strong>{title}</strong>}
      <span>{hostOf(url)}</span>
    </HTMLContainer>
  )
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
