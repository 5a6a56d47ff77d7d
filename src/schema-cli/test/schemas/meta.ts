// Typed meta, more properties for tldraw's own shapes, a kind of asset, and sequences that belong to no type.
import { createMigrationSequence, createRecordMigrationSequence } from '@tldraw/store'
import {
  createAssetPropsMigrationSequence,
  createTLSchema,
  defaultAssetSchemas,
  defaultShapeSchemas,
  geoShapeMigrations,
  geoShapeProps,
} from '@tldraw/tlschema'
import { T } from '@tldraw/validate'

const authored = { createdBy: T.string.optional(), createdAt: T.number.optional(), reviewed: T.boolean.nullable().optional() }

export const schema = createTLSchema({
  shapes: {
    ...defaultShapeSchemas,
    geo: { props: { ...geoShapeProps, locked: T.boolean.optional(), url: T.httpUrl }, migrations: geoShapeMigrations, meta: authored },
    note: { ...defaultShapeSchemas.note, meta: authored },
    stamp: { props: { w: T.number, h: T.number, of: T.literalEnum(1, 2, 3) }, meta: authored },
    // Anything at all.
    blob: {},
  },
  assets: {
    ...defaultAssetSchemas,
    model3d: {
      props: { src: T.srcUrl.nullable(), format: T.literalEnum('glb', 'gltf'), size: T.nonZeroInteger, w: T.number, h: T.number },
      migrations: createAssetPropsMigrationSequence({
        sequence: [
          {
            id: 'com.tldraw.asset.model3d/1',
            up: (props) => {
              props.size = props.size * 1024
            },
            down: (props) => {
              props.size = props.size / 1024
            },
          },
        ],
      }),
    },
  },
  user: { meta: { team: T.string, admin: T.boolean } },
  migrations: [
    createRecordMigrationSequence({
      sequenceId: 'com.acme.geo',
      recordType: 'shape',
      filter: (record: any) => record.type === 'geo',
      retroactive: false,
      sequence: [
        {
          id: 'com.acme.geo/1',
          up: (record: any) => {
            record.props.locked = record.isLocked
          },
          down: (record: any) => {
            delete record.props.locked
          },
        },
      ],
    }),
    createMigrationSequence({
      sequenceId: 'com.acme.tidy',
      sequence: [
        {
          id: 'com.acme.tidy/1',
          scope: 'record',
          filter: (record: any) => record.typeName === 'shape' || record.typeName === 'page',
          up: (record: any) => {
            delete record.meta.draft
          },
        },
        {
          id: 'com.acme.tidy/2',
          scope: 'storage',
          up: (storage) => {
            for (const id of storage.keys()) if (id.startsWith('trash:')) storage.delete(id)
          },
        },
      ],
    }),
  ],
})
