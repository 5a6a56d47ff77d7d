// A schema with tldraw's comments beside a record type of the team's own.
import { createRecordMigrationSequence } from '@tldraw/store'
import { commentSchemaRecords, createTLSchema, idValidator } from '@tldraw/tlschema'
import { T } from '@tldraw/validate'

export const schema = createTLSchema({
  records: {
    ...commentSchemaRecords,
    vote: {
      scope: 'document',
      migrations: createRecordMigrationSequence({ sequenceId: 'com.tldraw.vote', recordType: 'vote', sequence: [] }),
      validator: T.object({ id: idValidator<any>('vote'), typeName: T.literal('vote'), by: T.string }),
    },
  },
})
