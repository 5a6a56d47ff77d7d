import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const drawbridge = 'http://127.0.0.1:8080'

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    // Files stay files: as data: URLs fonts and scripts would be blocked by the Content-Security-Policy.
    assetsInlineLimit: 0,
    // The policy needs no script within the page, and all browsers that run tldraw preload modules by themselves.
    modulePreload: { polyfill: false },
    // tldraw is one large library; the warning would tell us on every build.
    chunkSizeWarningLimit: 4000,
  },
  // For `npm run dev`: Vite cannot bundle beforehand a package that imports its files as URLs.
  optimizeDeps: { exclude: ['@tldraw/assets'] },
  server: {
    // `npm run dev` serves the page, a running Drawbridge everything else.
    proxy: {
      '/admin': drawbridge,
      '/connect': { target: drawbridge, ws: true },
      '/console.json': drawbridge,
      '/uploads': drawbridge,
    },
  },
})
