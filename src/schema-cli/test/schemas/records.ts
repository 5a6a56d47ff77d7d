// Record types of the team's own: one that is kept with the document, one that is somebody's presence.
import { createRecordMigrationSequence } from '@tldraw/store'
import { createCustomRecordMigrationSequence, createTLSchema, idValidator, pageIdValidator } from '@tldraw/tlschema'
import { T } from '@tldraw/validate'

const sprintValidator = T.model(
  'sprint',
  T.object({
    id: idValidator<any>('sprint'),
    typeName: T.literal('sprint'),
    name: T.string,
    pageId: pageIdValidator,
    index: T.indexKey,
    state: T.literalEnum('planned', 'running', 'over'),
    goals: T.arrayOf(T.object({ text: T.string, reached: T.boolean })),
    previous: idValidator<any>('sprint').nullable(),
    meta: T.jsonValue,
  }),
)

const gazeValidator = T.object({
  id: T.string,
  typeName: T.literal('gaze'),
  userId: T.string,
  point: T.object({ x: T.number, y: T.number }).nullable(),
  followed: T.setEnum(new Set([null, 'yes', 'no'] as const)),
})

export const schema = createTLSchema({
  records: {
    sprint: {
      scope: 'document',
      validator: sprintValidator,
      createDefaultProperties: () => ({ name: '', state: 'planned', goals: [], previous: null, meta: {}, createdAt: Date.now() }),
      migrations: createRecordMigrationSequence({
        sequenceId: 'com.tldraw.sprint',
        recordType: 'sprint',
        sequence: [
          {
            id: 'com.tldraw.sprint/1',
            up: (record: any) => {
              record.state = record.running ? 'running' : 'planned'
              delete record.running
            },
            down: (record: any) => {
              record.running = record.state === 'running'
              delete record.state
            },
          },
          {
            id: 'com.tldraw.sprint/2',
            up: (record: any) => {
              for (const goal of record.goals) goal.reached ??= false
            },
            down: (record: any) => {
              for (const goal of record.goals) delete goal.reached
            },
          },
        ],
      }),
    },
    gaze: {
      scope: 'presence',
      validator: gazeValidator,
      migrations: createCustomRecordMigrationSequence({
        sequence: [
          {
            id: 'com.tldraw.gaze/1',
            up: (record) => {
              record.point = { x: record.x, y: record.y }
              delete record.x
              delete record.y
            },
            down: (record) => {
              record.x = record.point?.x ?? 0
              record.y = record.point?.y ?? 0
              delete record.point
            },
          },
          {
            id: 'com.tldraw.gaze/2',
            up: (record) => {
              record.followed = null
            },
            down: (record) => {
              delete record.followed
            },
          },
        ],
      }),
    },
  },
})
