// Tldraw's own schema, for the comparison of releases.
import { createTLSchema } from '@tldraw/tlschema'

export default createTLSchema()
