/** What people do at a whiteboard. An edit that finds nothing to work on does nothing. */
import { binding, longerPath, page, plainText, richText, shape, SHAPE_TYPES, user } from './records.mjs';
import { CARD_EDITS, OWN_SHAPES } from './cards.mjs';
import { knows, knowsValue } from './versions.mjs';

const EDITS = [
  [14, addShape],
  [16, moveShape],
  [12, renameFrame],
  [10, typeText],
  [12, drawOn],
  [10, changeMeta],
  [8, restyle],
  [3, changeUser],
  [6, removeShapes],
  [5, changePages],
  [5, bindArrow],
  [4, changeSeveral],
  [8, movePointer],
  [8, sign],
];

const MOST_SHAPES = 60;
const MOST_PAGES = 4;
const FIRST_PAGE = 'page:page'; // never removed, so that no client has to invent a page
const INDEXES = ['a1', 'a1V', 'a2', 'a3', 'Zz'];
const COLORS = ['black', 'blue', 'green', 'red', 'yellow'];
const STYLES = [
  ['dash', 'none'],
  ['dash', 'none'],
  ['dash', 'dotted'],
  ['fill', 'lined-fill'],
  ['fill', 'semi'],
];
const WORDS = ['alpha ', 'βeta ', 'ü', '😀', '👩‍👩‍👧', ' a longer run of words '];
const AWKWARD = ['"quoted"', '\\', '\n', '\u2028', '\u0000', '\ud83d', '\ude00']; // the last two: halves of a character

export function edit(client, random) {
  const edits = client.hasCards && random.chance(0.4) ? CARD_EDITS : EDITS;
  client.edit(() => random.weighted(edits)(client, random));
}

/** The shape that only this client changes. Its count tells at the end whether all of them arrived. */
export function signatureId(client) {
  return `shape:${signatureName(client)}`;
}

function signatureName(client) {
  return `signature-${client.name}`;
}

function sign(client) {
  const meta = { count: ++client.signatures };
  if (client.store.has(signatureId(client))) client.update(signatureId(client), (record) => ({ ...record, meta }));
  else client.put(shape('geo', signatureName(client), FIRST_PAGE, { meta }));
}

function addShape(client, random) {
  if (shapes(client).length >= MOST_SHAPES) return;
  const place = { x: random.below(1000), y: random.below(1000) / 4, index: random.pick(INDEXES) };
  client.put(shape(random.pick(SHAPE_TYPES), client.newName(), random.pick(client.records('page')).id, place));
}

function moveShape(client, random) {
  const target = random.pick(shapes(client));
  if (target) client.update(target.id, (record) => ({ ...record, x: random.below(500), y: random.below(500) + 0.5 }));
}

function renameFrame(client, random) {
  const frame = random.pick(shapes(client, 'frame'));
  if (frame) changeProps(client, frame, ({ name }) => ({ name: retype(name, random) }));
}

function typeText(client, random) {
  const target = random.pick(shapes(client, 'text', 'geo', 'note'));
  if (target)
    changeProps(client, target, (props) => ({ richText: richText(retype(plainText(props.richText), random)) }));
}

/**
 * More points on the last segment, or one more segment. A segment that carries `dim` is never written again: its path
 * is not append-only, and a late write of the path alone, after an older client's edit took `dim` away, would leave
 * neither form. A real board has that race too, whatever the server does.
 */
function drawOn(client, random) {
  const target = random.pick(shapes(client, 'draw', 'highlight'));
  if (!target) return;
  const steps = Array.from({ length: random.between(1, 6) }, () => [random.between(-20, 20), random.between(-20, 20)]);
  changeProps(client, target, ({ segments }) => {
    const last = segments.at(-1);
    if (last.points) return { segments: [...segments.slice(0, -1), { ...last, points: morePoints(last, steps) }] };
    if (!last.dim && random.chance(0.8))
      return { segments: [...segments.slice(0, -1), { ...last, path: longerPath(last, steps) }] };
    return { segments: [...segments, { ...last, path: longerPath({ dim: last.dim }, steps) }] };
  });
}

/** As paths were until 4.2. */
function morePoints({ points }, steps) {
  let { x, y } = points.at(-1) ?? { x: 0, y: 0 };
  return [...points, ...steps.map(([dx, dy]) => ({ x: (x += dx / 4), y: (y += dy / 4), z: 0.5 }))];
}

function changeMeta(client, random) {
  const target = random.pick(shapes(client));
  if (!target) return;
  const list = Array.isArray(target.meta.list) ? target.meta.list : [];
  const change = random.pick([
    () => ({ number: random.below(5) }),
    () => ({ nested: { a: random.below(3), b: { c: [random.below(3)] } } }),
    () => ({ text: retype(target.meta.text ?? '', random) }),
    () => ({ list: [...list, random.below(9)].slice(-12) }),
    () => ({ list: [...list.slice(0, -1), { replaced: random.below(9) }] }),
    () => ({ [random.pick(['number', 'nested', 'text', 'list'])]: undefined }),
  ]);
  client.update(target.id, (record) => ({ ...record, meta: withoutUndefined({ ...record.meta, ...change() }) }));
}

function restyle(client, random) {
  const target = random.pick(shapes(client));
  if (!target) return;
  const styles = STYLES.filter(([key, value]) => key in target.props && knowsValue(client.version, key, value));
  changeProps(client, target, () => Object.fromEntries([random.pick([...styles, ['color', random.pick(COLORS)]])]));
}

/** Older versions have none. */
function changeUser(client, random) {
  if (!knows(client.version, 'user')) return;
  const id = `user:${random.below(3)}`;
  if (!client.store.has(id)) client.put(user(id));
  else if (random.chance(0.2)) client.remove(id);
  else client.update(id, (record) => ({ ...record, name: retype(record.name, random) }));
}

function removeShapes(client, random) {
  const victims = shapes(client).slice(0, random.chance(0.3) ? 3 : 1);
  if (victims.length) client.remove(...victims.map(({ id }) => id));
}

function changePages(client, random) {
  const pages = client.records('page');
  const target = random.pick(pages);
  if (pages.length < MOST_PAGES && random.chance(0.5)) client.put(page(client.newName(), random.pick(INDEXES)));
  else if (target.id !== FIRST_PAGE && random.chance(0.4)) client.remove(target.id);
  else client.update(target.id, (record) => ({ ...record, name: retype(record.name, random) }));
}

function bindArrow(client, random) {
  const bound = random.pick(client.records('binding').filter(({ type }) => type === 'arrow'));
  const arrow = random.pick(shapes(client, 'arrow'));
  if (bound && random.chance(0.2)) client.remove(bound.id);
  else if (bound && random.chance(0.5)) changeProps(client, bound, ({ isPrecise }) => ({ isPrecise: !isPrecise }));
  else if (arrow)
    client.put(binding(client.newName(), arrow.id, random.pick(shapes(client)).id, random.pick(['start', 'end'])));
}

function changeSeveral(client, random) {
  moveShape(client, random);
  changeMeta(client, random);
  addShape(client, random);
  removeShapes(client, random);
}

function movePointer(client, random) {
  const chatMessage = 'm'.repeat(random.below(6));
  client.show(random.pick(client.records('page')).id, { x: random.below(500), y: random.below(500), chatMessage });
}

/** The shapes that are everybody's, of the given types if any are given. */
function shapes(client, ...types) {
  return client
    .records('shape')
    .filter(({ id }) => !id.startsWith('shape:signature-'))
    .filter(({ type }) => (types.length === 0 ? !OWN_SHAPES.includes(type) : types.includes(type)));
}

function changeProps(client, { id }, change) {
  client.update(id, (record) => ({ ...record, props: { ...record.props, ...change(record.props) } }));
}

/** Mostly more of it; sometimes less, cut at any UTF-16 unit, even within a character; sometimes something else. */
function retype(text, random) {
  const more = random.pick(WORDS) + random.pick(AWKWARD);
  if (random.chance(0.7)) return (text + more).slice(-300);
  return random.chance(0.5) ? text.slice(0, random.below(text.length + 1)) : more;
}

function withoutUndefined(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
