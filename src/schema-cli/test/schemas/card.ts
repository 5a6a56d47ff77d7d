// A card with a title, as in tldraw's own examples: the first shape that anybody makes.
import {
  createShapePropsMigrationIds,
  createShapePropsMigrationSequence,
  createTLSchema,
  DefaultColorStyle,
  defaultShapeSchemas,
} from '@tldraw/tlschema'
import { T } from '@tldraw/validate'

export const cardVersions = createShapePropsMigrationIds('card', { AddSomeProperty: 1 })

export const cardMigrations = createShapePropsMigrationSequence({
  sequence: [
    {
      id: cardVersions.AddSomeProperty,
      up(props) {
        // it is safe to mutate the props object here
        props.someProperty = 'some value'
      },
      down(props) {
        delete props.someProperty
      },
    },
  ],
})

export const cardProps = {
  w: T.nonZeroNumber,
  h: T.nonZeroNumber,
  title: T.string,
  link: T.linkUrl.optional(),
  color: DefaultColorStyle,
  someProperty: T.string,
}

export const schema = createTLSchema({
  shapes: { ...defaultShapeSchemas, card: { props: cardProps, migrations: cardMigrations } },
})
