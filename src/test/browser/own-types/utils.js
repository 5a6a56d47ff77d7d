// How the types look and behave.

import { createElement } from 'react'
import { BaseBoxShapeUtil, BindingUtil, HTMLContainer } from 'tldraw'
import { card, pin, poll } from './schema.js'

const box = (color, ...children) =>
  createElement(
    HTMLContainer,
    { style: { border: `4px solid ${color}`, borderRadius: 8, padding: 12, background: 'white', pointerEvents: 'all' } },
    ...children.map((child, i) => createElement('div', { key: i }, child)),
  )

function outline(w, h) {
  const path = new Path2D()
  path.rect(0, 0, w, h)
  return path
}

class CardUtil extends BaseBoxShapeUtil {
  static type = 'card'
  static props = card.props
  static migrations = card.migrations

  getDefaultProps() {
    return { w: 220, h: 120, title: '', color: 'black', tone: 'calm', labels: [] }
  }

  component({ props: { title, color, tone, labels } }) {
    return box(color, title, `${tone} ${labels.join(', ')}`)
  }

  getIndicatorPath({ props: { w, h } }) {
    return outline(w, h)
  }
}

class PollUtil extends BaseBoxShapeUtil {
  static type = 'poll'
  static props = poll.props

  getDefaultProps() {
    return { w: 260, h: 160, question: '', options: [], marks: {} }
  }

  component({ props: { question, options, marks } }) {
    return box('purple', question, ...options.map(({ id, text }) => `${text}: ${marks[id] ?? 0}`))
  }

  getIndicatorPath({ props: { w, h } }) {
    return outline(w, h)
  }
}

/** A card that is pinned to a shape goes where that goes. */
class PinUtil extends BindingUtil {
  static type = 'pin'
  static props = pin.props
  static migrations = pin.migrations

  getDefaultProps() {
    return { dx: 0, dy: 0 }
  }

  onAfterChangeToShape({ binding, shapeAfter: { x, y } }) {
    const { dx, dy } = binding.props
    this.editor.updateShape({ id: binding.fromId, type: 'card', x: x + dx, y: y + dy })
  }
}

export const shapeUtils = [CardUtil, PollUtil]
export const bindingUtils = [PinUtil]
