// Columns and cards that are bound to them, described by classes as tldraw's utils are: static type, props and migrations.
import { createBindingPropsMigrationSequence, createShapePropsMigrationSequence } from '@tldraw/tlschema'
import { T } from '@tldraw/validate'
import './kanban.css'
import icon from './column.svg'

abstract class ShapeUtil {
  static props?: Record<string, T.Validatable<unknown>>
  static migrations?: unknown
  abstract getDefaultProps(): object
  component() {
    return icon
  }
}

abstract class BindingUtil {
  abstract getDefaultProps(): object
}

class ColumnUtil extends ShapeUtil {
  static type = 'kanban-column' as const
  static props = {
    w: T.nonZeroNumber,
    h: T.nonZeroNumber,
    title: T.string,
    limit: T.positiveInteger.nullable(),
    kind: T.literalEnum('queue', 'active', 'finished'),
  }
  static migrations = createShapePropsMigrationSequence({
    sequence: [
      {
        id: 'com.tldraw.shape.kanban-column/1',
        up: (props) => {
          props.limit = props.limit ?? null
        },
      },
      {
        id: 'com.tldraw.shape.kanban-column/2',
        up: (props) => {
          props.kind = props.done ? 'finished' : 'queue'
          delete props.done
        },
        down: (props) => {
          props.done = props.kind === 'finished'
          delete props.kind
        },
      },
    ],
  })
  getDefaultProps() {
    return { w: 240, h: 600, title: 'New column', limit: null, kind: 'queue', created: Date.now() }
  }
}

class ItemUtil extends ShapeUtil {
  static type = 'kanban-item' as const
  static props = { w: T.number, h: T.number, text: T.string, assignee: T.string.nullable(), done: T.boolean }
  getDefaultProps() {
    return { w: 200, h: 80, text: '', assignee: null, done: false }
  }
}

class InColumnUtil extends BindingUtil {
  static type = 'in-column' as const
  static props = { index: T.indexKey, snapped: T.boolean }
  static migrations = createBindingPropsMigrationSequence({
    sequence: [
      {
        id: 'com.tldraw.binding.in-column/1',
        up: (props) => {
          props.index = props.position
          delete props.position
        },
        down: (props) => {
          props.position = props.index
          delete props.index
        },
      },
      {
        id: 'com.tldraw.binding.in-column/2',
        dependsOn: ['com.tldraw.shape.kanban-column/2'],
        up: (props) => ({ ...props, snapped: true }),
        down: ({ snapped: _, ...props }) => props,
      },
    ],
  })
  getDefaultProps() {
    return { index: 'a1', snapped: true }
  }
}

export const shapeUtils = [ColumnUtil, ItemUtil]
export const bindingUtils = [InColumnUtil]
