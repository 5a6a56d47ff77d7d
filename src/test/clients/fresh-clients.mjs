import { RoomClient } from './room-client.mjs';
import { roomUrl } from './room-url.mjs';
import { until } from './until.mjs';
import { mostKnowing } from './versions.mjs';

/** One client of the newest and of each other version in the run, which know only what the server now tells them. */
export async function freshClients({ base, room, query, versions }) {
  const clients = new Map(
    [...new Set([mostKnowing(versions), ...versions])].map((version) => {
      const name = `fresh@${version}`;
      return [version, new RoomClient({ name, version, url: roomUrl(base, room, name, query) })];
    }),
  );
  await until('fresh clients have joined', 30, () => [...clients.values()].flatMap((client) => client.unfinished));
  return clients;
}
