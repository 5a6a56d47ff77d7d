// A chart that is embedded: a union of kinds of data, points in lists, and a URL where the data comes from.
import { createShapePropsMigrationIds, createShapePropsMigrationSequence, createTLSchema, defaultShapeSchemas } from '@tldraw/tlschema'
import { T } from '@tldraw/validate'

const versions = createShapePropsMigrationIds('chart', { WrapSource: 1, SeriesAsList: 2, NumbersFromText: 3, Transparency: 4 })

const point = T.object({ x: T.number, y: T.number, label: T.optional(T.string) })
const series = T.object({ name: T.string, points: T.arrayOf(point), opacity: T.unitInterval })

export const chartShapeProps = {
  w: T.number,
  h: T.number,
  title: T.or(T.string, T.object({ text: T.string, bold: T.boolean })),
  source: T.object({ url: T.srcUrl }),
  data: T.union('kind', {
    series: T.object({ kind: T.literal('series'), series: T.arrayOf(series).nonEmpty() }),
    pie: T.object({ kind: T.literal('pie'), slices: T.dict(T.string, T.positiveNumber) }),
    nothing: T.object({ kind: T.literal('nothing') }),
  }),
  // Their own rule, which nobody sees through.
  year: T.integer.check('a year', (value) => {
    if (value < 1900 || value > 2100) throw new Error('Expected a year')
  }),
  tags: T.arrayOf(T.string),
  extra: T.jsonDict(),
}

export default createTLSchema({
  shapes: {
    ...defaultShapeSchemas,
    chart: {
      props: chartShapeProps,
      migrations: createShapePropsMigrationSequence({
        sequence: [
          {
            id: versions.WrapSource,
            up: (props) => {
              props.source = { url: props.source }
            },
            down: (props) => {
              props.source = props.source.url
            },
          },
          {
            id: versions.SeriesAsList,
            up: (props) => {
              props.tags = [props.tag]
              delete props.tag
            },
          },
          {
            id: versions.NumbersFromText,
            up: (props) => {
              props.year = Number(props.year)
            },
            down: (props) => {
              props.year = String(props.year)
            },
          },
          {
            id: versions.Transparency,
            up: (props) => {
              if (props.data.kind === 'series') {
                for (const s of props.data.series) s.opacity = 1
              }
            },
            down: (props) => {
              if (props.data.kind === 'series') {
                for (const s of props.data.series) delete s.opacity
              }
            },
          },
        ],
      }),
    },
  },
})
