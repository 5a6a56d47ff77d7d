/** What people do who have the types of own-types.mjs. An edit that finds nothing to work on does nothing. */
import { shape } from './records.mjs';

export const OWN_SHAPES = ['card', 'tray'];

const FIRST_PAGE = 'page:page'; // never removed
const MOST_OWN_SHAPES = 30;

export const CARD_EDITS = [
  [10, addOwnShape],
  [12, changeCard],
  [14, layOn],
  [6, takeOff],
  [8, pin],
  [4, unpin],
  [6, changeLabel],
  [5, removeWithAll],
  [6, moveOwnShape],
  [10, signCard],
];

/** The card that only this client changes; it lies on the page, where nobody who does not see it can delete it. */
export function cardSignatureId(client) {
  return `shape:card-signature-${client.name}`;
}

function signCard(client) {
  const meta = { count: ++client.cardSignatures };
  const id = cardSignatureId(client);
  if (client.store.has(id)) client.update(id, (record) => ({ ...record, meta }));
  else client.put(ownShape('card', id, FIRST_PAGE, { meta }));
}

function ownShape(type, id, parentId, over = {}) {
  const props = type === 'card' ? { title: '', tone: 'calm' } : { w: 100, h: 100 };
  return { ...shape('frame', 'x', parentId), id, type, props, ...over };
}

function isSignature({ id }) {
  return id.startsWith('shape:signature-') || id.startsWith('shape:card-signature-');
}

function shapes(client, ...types) {
  return client
    .records('shape')
    .filter((record) => !isSignature(record) && (types.length === 0 || types.includes(record.type)));
}

function addOwnShape(client, random) {
  if (shapes(client, ...OWN_SHAPES).length >= MOST_OWN_SHAPES) return;
  const on = random.chance(0.3) ? random.pick(shapes(client, 'tray', 'frame')) : undefined;
  const parentId = (on ?? random.pick(client.records('page'))).id;
  client.put(ownShape(random.pick(['card', 'card', 'tray']), `shape:${client.newName()}`, parentId));
}

function changeCard(client, random) {
  const card = random.pick(shapes(client, 'card'));
  if (!card) return;
  const knowsTone = 'tone' in card.props;
  const change = random.pick([
    () => ({ title: `${card.props.title}${random.pick(['a', 'ü', '😀', ' and more'])}`.slice(-200) }),
    () => ({ title: '' }),
    () => (knowsTone ? { tone: random.pick(['calm', 'loud']) } : { title: 'before' }),
  ]);
  client.update(card.id, (record) => ({ ...record, props: { ...record.props, ...change() } }));
}

function descendants(client, id) {
  const found = [id];
  for (const each of found)
    found.push(
      ...client
        .records('shape')
        .filter(({ parentId, id }) => parentId === each && !found.includes(id))
        .map(({ id }) => id),
    );
  return found;
}

/** A shape of any kind is laid on a tray, a frame or a card; never on what lies on it. */
function layOn(client, random) {
  const below = random.pick(shapes(client, 'tray', 'frame', 'card'));
  const above = random.pick(shapes(client));
  if (below && above && !descendants(client, above.id).includes(below.id))
    client.update(above.id, (record) => ({ ...record, parentId: below.id }));
}

function takeOff(client, random) {
  const lying = shapes(client).filter(({ parentId }) => parentId.startsWith('shape:'));
  const target = random.pick(lying);
  if (target) client.update(target.id, (record) => ({ ...record, parentId: random.pick(client.records('page')).id }));
}

function pin(client, random) {
  const from = random.pick(shapes(client, ...OWN_SHAPES));
  const to = random.pick(shapes(client));
  if (!from || !to) return;
  client.put({
    typeName: 'binding',
    id: `binding:${client.newName()}`,
    type: 'pin',
    fromId: from.id,
    toId: to.id,
    meta: {},
    props: { strength: random.below(9) },
  });
}

function unpin(client, random) {
  const bound = random.pick(client.records('binding').filter(({ type }) => type === 'pin'));
  if (!bound) return;
  if (random.chance(0.5)) client.remove(bound.id);
  else client.update(bound.id, (record) => ({ ...record, props: { strength: random.below(9) } }));
}

function changeLabel(client, random) {
  const id = `label:${random.below(4)}`;
  if (!client.store.has(id)) client.put({ id, typeName: 'label', text: '' });
  else if (random.chance(0.2)) client.remove(id);
  else client.update(id, (record) => ({ ...record, text: `${record.text}${random.pick(['x', 'ü'])}`.slice(-50) }));
}

/** As an editor does it: with all that lies on it, and what is bound to any of it. */
function removeWithAll(client, random) {
  const target = random.pick(shapes(client));
  if (!target) return;
  const gone = descendants(client, target.id).filter((id) => !isSignature({ id }));
  const bound = client.records('binding').filter(({ fromId, toId }) => gone.includes(fromId) || gone.includes(toId));
  client.remove(...gone, ...bound.map(({ id }) => id));
}

function moveOwnShape(client, random) {
  const target = random.pick(shapes(client, ...OWN_SHAPES));
  if (target) client.update(target.id, (record) => ({ ...record, x: random.below(500), y: random.below(500) + 0.5 }));
}
