// Tldraw's own schema with its records of comments, for the comparison of releases.
import * as tlschema from '@tldraw/tlschema'

export default tlschema.createTLSchema({ records: tlschema.commentSchemaRecords ?? {} })
