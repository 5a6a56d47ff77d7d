// A poll: a list of options, who voted for what, and settings inside settings.
import { createShapePropsMigrationIds, createShapePropsMigrationSequence, createTLSchema, defaultShapeSchemas } from '@tldraw/tlschema'
import { T } from '@tldraw/validate'

const Versions = createShapePropsMigrationIds('poll', {
  AddVotes: 1,
  AddOptionColors: 2,
  NestSettings: 3,
  NameWinner: 4,
})

export const pollProps = {
  w: T.positiveNumber,
  h: T.positiveNumber,
  question: T.string,
  options: T.arrayOf(T.object({ id: T.string, label: T.string, color: T.literalEnum('red', 'green', 'blue') })),
  votes: T.dict(T.string, T.arrayOf(T.string)),
  settings: T.object({ multiple: T.boolean, closesAt: T.number.nullable() }),
  winner: T.string.nullable().optional(),
}

export const schema = createTLSchema({
  shapes: {
    ...defaultShapeSchemas,
    poll: {
      props: pollProps,
      migrations: createShapePropsMigrationSequence({
        sequence: [
          {
            id: Versions.AddVotes,
            up: (props) => {
              props.votes = {}
            },
            down: (props) => {
              delete props.votes
            },
          },
          {
            id: Versions.AddOptionColors,
            up: (props) => {
              for (const option of props.options) {
                option.color = 'blue'
              }
            },
            down: (props) => {
              for (const option of props.options) {
                delete option.color
              }
            },
          },
          {
            id: Versions.NestSettings,
            up: (props) => {
              props.settings = { multiple: props.multiple, closesAt: null }
              delete props.multiple
            },
            down: (props) => {
              props.multiple = props.settings.multiple
              delete props.settings
            },
          },
          {
            // Counting is code: it is listed as such.
            id: Versions.NameWinner,
            up: (props) => {
              const counted = Object.entries<string[]>(props.votes).sort((a, b) => b[1].length - a[1].length)
              props.winner = counted[0]?.[0] ?? null
            },
            down: (props) => {
              delete props.winner
            },
          },
        ],
      }),
    },
  },
})
