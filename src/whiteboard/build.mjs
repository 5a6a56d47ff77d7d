// Builds the whiteboard and copies it into a directory: node build.mjs <output directory>

import { buildPage } from '../build-page.mjs'

buildPage(import.meta.dirname, 'whiteboard')
