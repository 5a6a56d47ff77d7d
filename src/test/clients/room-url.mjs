/** Where a client connects. Its session keeps its id over reconnects, as a browser tab's does. */
export function roomUrl(base, room, client, query) {
  const parameters = new URLSearchParams(query);
  parameters.set('sessionId', `${room}-${client}`);
  return `${base}/connect/${encodeURIComponent(room)}?${parameters}`;
}
