export interface Settings {
  /** The tldraw license key, needed wherever the page is served by https on a real host name. */
  licenseKey?: string
  /** Whether the server keeps images and videos. */
  uploads: boolean
  /** Whether the server looks at links. */
  linkPreviews: boolean
}

/**
 * What the operator configured. It comes from the server at run time, so one build serves every installation;
 * a server without this route has configured nothing.
 */
export async function loadSettings(): Promise<Settings> {
  const settings: { licenseKey?: string | null; uploads?: boolean; linkPreviews?: boolean } = await fetch('/whiteboard.json')
    .then((response) => (response.ok ? response.json() : {}))
    .catch(() => ({}))
  return {
    licenseKey: settings.licenseKey ?? undefined,
    uploads: settings.uploads ?? false,
    linkPreviews: settings.linkPreviews ?? false,
  }
}
