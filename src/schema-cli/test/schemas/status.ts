// A shape with a style of its own beside tldraw's, written as options of createTLSchema.
import { createShapePropsMigrationSequence, DefaultColorStyle, DefaultSizeStyle, richTextValidator, StyleProp } from '@tldraw/tlschema'
import { T } from '@tldraw/validate'

export const StatusStyle = StyleProp.defineEnum('acme:status', { defaultValue: 'todo', values: ['todo', 'doing', 'done', 'dropped'] })
export const WeightStyle = StyleProp.define('acme:weight', { defaultValue: 1, type: T.positiveInteger })

const OLD_TO_NEW: Record<string, string> = { open: 'todo', closed: 'done' }
const NEW_TO_OLD: Record<string, string> = { todo: 'open', doing: 'open', done: 'closed', dropped: 'closed' }

export const shapes = {
  status: {
    props: {
      w: T.number,
      h: T.number,
      status: StatusStyle,
      weight: WeightStyle,
      color: DefaultColorStyle,
      size: DefaultSizeStyle,
      accent: { validate: (value: unknown) => DefaultColorStyle.validate(value) },
      richText: richTextValidator,
    },
    migrations: createShapePropsMigrationSequence({
      sequence: [
        {
          id: 'com.tldraw.shape.status/1',
          up: (props) => {
            props.status = OLD_TO_NEW[props.status] ?? 'todo'
          },
          down: (props) => {
            props.status = NEW_TO_OLD[props.status] ?? 'open'
          },
        },
        {
          id: 'com.tldraw.shape.status/2',
          up: (props) => {
            props.weight ??= 1
          },
          down: (props) => {
            delete props.weight
          },
        },
        {
          // Only the values grew: an older client is told of one that it knows.
          id: 'com.tldraw.shape.status/3',
          up: () => {},
          down: (props) => {
            if (props.status === 'dropped') props.status = 'done'
          },
        },
      ],
    }),
  },
}
