import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const drawbridge = 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    // Small translations stay files: as data: URLs they would be blocked by a Content-Security-Policy.
    assetsInlineLimit: 0,
    // tldraw is one large library; the warning would tell us on every build.
    chunkSizeWarningLimit: 4000,
  },
  // For `npm run dev`: Vite cannot bundle beforehand a package that imports its files as URLs.
  optimizeDeps: { exclude: ['@tldraw/assets'] },
  server: {
    // `npm run dev` serves the page, a running Drawbridge everything else.
    proxy: {
      '/connect': { target: drawbridge, ws: true },
      '/whiteboard.json': drawbridge,
    },
  },
})
