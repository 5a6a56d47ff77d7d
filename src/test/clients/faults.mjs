import { setTimeout as pause } from 'node:timers/promises';

const FAULTS = [
  [4, cut],
  [2, stayOffline],
  [2, startAgain],
  [3, slowDown],
  [2, loseQuietly],
  [3, heal],
];

/** Something happens to a client's connection. */
export function fault(client, random) {
  random.weighted(FAULTS)(client, random);
}

function cut({ link }) {
  link.cut();
}

async function stayOffline({ link }, random) {
  link.up = false;
  link.cut();
  await pause(random.between(300, 2000));
  link.up = true;
}

/** The client gives its socket up by itself, as it does after an unanswered ping. */
function startAgain(client) {
  client.restart();
}

function slowDown({ link }, random) {
  link.delay = random.between(20, 400);
}

/** The client comes back while the server still holds the old socket, with pushes under way on it. */
async function loseQuietly({ link }, random) {
  link.delay = random.between(400, 900);
  link.linger = random.between(1000, 2000);
  await pause(random.between(100, 400));
  link.cut();
  link.delay = 0;
}

function heal({ link }) {
  link.heal();
}
