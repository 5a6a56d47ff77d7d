// The types of a team's own: what their records are like, and how that has changed. `schema.json` beside it is what
// `drawbridge-schema describe schema.js` says of this file.

import { createRecordMigrationSequence } from '@tldraw/store'
import {
  createBindingPropsMigrationSequence,
  createShapePropsMigrationIds,
  createShapePropsMigrationSequence,
  createTLSchema,
  DefaultColorStyle,
  defaultBindingSchemas,
  defaultShapeSchemas,
  idValidator,
  StyleProp,
} from '@tldraw/tlschema'
import { T } from '@tldraw/validate'

export const ToneStyle = StyleProp.defineEnum('acme:tone', { defaultValue: 'calm', values: ['calm', 'loud'] })

const { AddTone, AddLabels } = createShapePropsMigrationIds('card', { AddTone: 1, AddLabels: 2 })

export const card = {
  props: {
    w: T.nonZeroNumber,
    h: T.nonZeroNumber,
    title: T.string,
    color: DefaultColorStyle,
    tone: ToneStyle,
    labels: T.arrayOf(T.string),
  },
  migrations: createShapePropsMigrationSequence({
    sequence: [
      { id: AddTone, up: (props) => void (props.tone = 'calm'), down: (props) => void delete props.tone },
      { id: AddLabels, up: (props) => void (props.labels = []), down: (props) => void delete props.labels },
    ],
  }),
}

export const poll = {
  props: {
    w: T.nonZeroNumber,
    h: T.nonZeroNumber,
    question: T.string,
    options: T.arrayOf(T.object({ id: T.string, text: T.string })),
    marks: T.dict(T.string, T.positiveInteger),
  },
}

export const pin = {
  props: { dx: T.number, dy: T.number },
  migrations: createBindingPropsMigrationSequence({ sequence: [] }),
}

export const records = {
  vote: {
    scope: 'document',
    migrations: createRecordMigrationSequence({ sequenceId: 'com.tldraw.vote', recordType: 'vote', sequence: [] }),
    validator: T.object({
      id: idValidator('vote'),
      typeName: T.literal('vote'),
      pollId: idValidator('shape'),
      option: T.string,
      by: T.string,
    }),
  },
}

export const schema = createTLSchema({
  shapes: { ...defaultShapeSchemas, card, poll },
  bindings: { ...defaultBindingSchemas, pin },
  records,
})
