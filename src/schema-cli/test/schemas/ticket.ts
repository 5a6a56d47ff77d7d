// A shape that has lived: four versions, each with its way back.
import { createShapePropsMigrationIds, createShapePropsMigrationSequence, createTLSchema, defaultShapeSchemas } from '@tldraw/tlschema'
import { T } from '@tldraw/validate'

export const ticketVersions = createShapePropsMigrationIds('ticket', {
  AddPriority: 1,
  RenameTextToTitle: 2,
  MovePlaceIntoBox: 3,
  NamePriorities: 4,
})

export const ticketProps = {
  box: T.object({ w: T.positiveNumber, h: T.positiveNumber }),
  title: T.string,
  priority: T.literalEnum('low', 'normal', 'high'),
  estimate: T.number.optional(),
  assignees: T.arrayOf(T.string),
}

export const schema = createTLSchema({
  shapes: {
    ...defaultShapeSchemas,
    ticket: {
      props: ticketProps,
      migrations: createShapePropsMigrationSequence({
        sequence: [
          {
            id: ticketVersions.AddPriority,
            up: (props) => {
              if (props.priority === undefined) props.priority = 1
              props.assignees = []
            },
            down: (props) => {
              delete props.priority
              delete props.assignees
            },
          },
          {
            id: ticketVersions.RenameTextToTitle,
            up: ({ text, ...rest }) => {
              return { ...rest, title: text }
            },
            down: ({ title, ...rest }) => {
              return { ...rest, text: title }
            },
          },
          {
            id: ticketVersions.MovePlaceIntoBox,
            up: (props) => {
              props.box = { w: props.w, h: props.h }
              delete props.w
              delete props.h
            },
            down: (props) => {
              props.w = props.box.w
              props.h = props.box.h
              delete props.box
            },
          },
          {
            id: ticketVersions.NamePriorities,
            up: (props) => {
              props.priority = props.priority === 0 ? 'low' : props.priority === 2 ? 'high' : 'normal'
            },
            down: (props) => {
              props.priority = { low: 0, normal: 1, high: 2 }[props.priority as string]
            },
          },
        ],
      }),
    },
  },
})
