/** Valid records, in the form of the newest version. */
import { NEWEST, tldraw } from './versions.mjs';

const { b64Vecs } = tldraw(NEWEST);

export function richText(text) {
  return {
    type: 'doc',
    content: [text ? { type: 'paragraph', content: [{ type: 'text', text }] } : { type: 'paragraph' }],
  };
}

export function plainText(richText) {
  return richText.content[0]?.content?.[0]?.text ?? '';
}

/** A freehand path with more points at its end. Quarters are exact in its 16-bit floats, so what it had stays. */
export function longerPath({ path = '', dim }, steps) {
  const points = b64Vecs.decodePoints(path, dim);
  let { x, y } = points.at(-1) ?? { x: 0, y: 0 };
  for (const [dx, dy] of steps) points.push({ x: (x += dx / 4), y: (y += dy / 4), z: 0.5 });
  return b64Vecs.encodePoints(points, dim);
}

const START = [
  [0, 0],
  [8, 3],
  [5, 5],
];
const handle = (id, x, y) => ({ [id]: { id, index: id, x, y } });

const PROPS = {
  geo: () => ({
    geo: 'rectangle',
    dash: 'draw',
    url: '',
    w: 100,
    h: 80,
    growY: 0,
    scale: 1,
    flipX: false,
    flipY: false,
    labelColor: 'black',
    color: 'black',
    fill: 'none',
    size: 'm',
    font: 'draw',
    align: 'middle',
    verticalAlign: 'middle',
    richText: richText(''),
  }),
  text: () => ({
    color: 'black',
    size: 'm',
    font: 'draw',
    textAlign: 'start',
    w: 8,
    richText: richText('hello'),
    scale: 1,
    autoSize: true,
  }),
  note: () => ({
    color: 'yellow',
    labelColor: 'black',
    size: 'm',
    font: 'draw',
    fontSizeAdjustment: null,
    align: 'middle',
    verticalAlign: 'middle',
    growY: 0,
    url: '',
    richText: richText('note'),
    scale: 1,
    textLastEditedBy: null,
  }),
  frame: () => ({ w: 300, h: 200, name: 'Frame', color: 'black' }),
  draw: () => ({
    color: 'black',
    fill: 'none',
    dash: 'draw',
    size: 'm',
    segments: [{ type: 'free', dim: 2, path: longerPath({ dim: 2 }, START) }],
    isComplete: true,
    isClosed: false,
    isPen: false,
    scale: 1,
    scaleX: 1,
    scaleY: 1,
  }),
  highlight: () => ({
    color: 'yellow',
    size: 'm',
    segments: [{ type: 'free', path: longerPath({}, START) }],
    isComplete: true,
    isPen: false,
    scale: 1,
    scaleX: 1,
    scaleY: 1,
  }),
  line: () => ({
    color: 'black',
    dash: 'draw',
    size: 'm',
    spline: 'line',
    scale: 1,
    points: { ...handle('a1', 0, 0), ...handle('a2', 50, 30) },
  }),
  arrow: () => ({
    kind: 'arc',
    labelColor: 'black',
    color: 'black',
    fill: 'none',
    dash: 'draw',
    size: 'm',
    arrowheadStart: 'none',
    arrowheadEnd: 'arrow',
    font: 'draw',
    start: { x: 0, y: 0 },
    end: { x: 40, y: 20 },
    bend: 0,
    richText: richText(''),
    labelPosition: 0.5,
    scale: 1,
    elbowMidPoint: 0.5,
  }),
};

export const SHAPE_TYPES = Object.keys(PROPS);

export function shape(type, name, parentId, over = {}) {
  return {
    typeName: 'shape',
    id: `shape:${name}`,
    type,
    parentId,
    index: 'a1',
    x: 0,
    y: 0,
    rotation: 0,
    isLocked: false,
    opacity: 1,
    meta: {},
    props: PROPS[type](),
    ...over,
  };
}

export function binding(name, fromId, toId, terminal) {
  return {
    typeName: 'binding',
    id: `binding:${name}`,
    type: 'arrow',
    fromId,
    toId,
    meta: {},
    props: { terminal, normalizedAnchor: { x: 0.5, y: 0.5 }, isExact: false, isPrecise: false, snap: 'none' },
  };
}

export function page(name, index) {
  return { typeName: 'page', id: `page:${name}`, name, index, meta: {} };
}

export function presence(who, currentPageId, { x, y, chatMessage }) {
  return {
    typeName: 'instance_presence',
    id: `instance_presence:${who}`,
    userId: `user:${who}`,
    userName: who,
    color: '#FF0000',
    lastActivityTimestamp: 0,
    followingUserId: null,
    cursor: { x, y, type: 'default', rotation: 0 },
    camera: { x: 0, y: 0, z: 1 },
    screenBounds: { x: 0, y: 0, w: 800, h: 600 },
    selectedShapeIds: [],
    currentPageId,
    brush: null,
    scribbles: [],
    chatMessage,
    meta: {},
  };
}

export function user(id) {
  return { id, typeName: 'user', name: '', color: '#ff0000', imageUrl: '', meta: {} };
}
