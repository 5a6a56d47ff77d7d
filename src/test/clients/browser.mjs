/** The parts of a browser that tldraw's sync client leans on. Import it before any tldraw code is loaded. */
import { setMaxListeners } from 'node:events';
import { WebSocket } from 'ws';

/** `ws` still delivers messages after close() was called, a browser does not, and the client relies on that. */
class BrowserWebSocket extends WebSocket {
  set onmessage(handler) {
    super.onmessage = (event) => this.readyState === WebSocket.OPEN && handler(event);
  }
}

globalThis.WebSocket = BrowserWebSocket;
globalThis.window = Object.assign(new EventTarget(), { devicePixelRatio: 1 });
globalThis.document = Object.assign(new EventTarget(), { hidden: false });
setMaxListeners(0, globalThis.window, globalThis.document); // as many as there are clients
globalThis.navigator ??= {};
globalThis.requestAnimationFrame = (callback) => setTimeout(() => callback(performance.now()), 16);
globalThis.cancelAnimationFrame = clearTimeout;

/** What the clients logged as an error: message → how often. */
export const complaints = new Map();

console.log = () => {}; // tldraw's banner about several versions side by side: here that is the point
console.warn = () => {}; // connections that could not be opened: here that is the weather
console.error = (...parts) => {
  const text = parts.map((part) => part?.message ?? String(part)).join(' ');
  complaints.set(text, (complaints.get(text) ?? 0) + 1);
};
