/**
 * The types of a team: cards, trays that other shapes lie on, pins between shapes, labels. The server knows them by
 * own-types.json.
 */
const CARDS_BEFORE = 'cards-before';

/** What `createTLSchema` is given. The `cards-before` of the app do not have its newest version of a card yet. */
export function ownTypes({ store, tlschema, T }, variant) {
  const { createShapePropsMigrationIds, createShapePropsMigrationSequence } = tlschema;
  const { defaultShapeSchemas, defaultBindingSchemas } = tlschema;
  const { Title, Tone } = createShapePropsMigrationIds('card', { Title: 1, Tone: 2 });
  const sequence = [
    { id: Title, up: (props) => void (props.title = ''), down: (props) => void delete props.title },
    { id: Tone, up: (props) => void (props.tone = 'calm'), down: (props) => void delete props.tone },
  ];
  const card = { title: T.string, tone: T.literalEnum('calm', 'loud') };
  const { tone, ...cardBefore } = card;
  const isBefore = variant === CARDS_BEFORE;
  return {
    shapes: {
      ...defaultShapeSchemas,
      card: {
        props: isBefore ? cardBefore : card,
        migrations: createShapePropsMigrationSequence({ sequence: isBefore ? sequence.slice(0, 1) : sequence }),
      },
      tray: { props: { w: T.number, h: T.number } },
    },
    bindings: { ...defaultBindingSchemas, pin: { props: { strength: T.number } } },
    records: {
      label: {
        scope: 'document',
        migrations: store.createRecordMigrationSequence({
          sequenceId: 'com.tldraw.label',
          recordType: 'label',
          sequence: [],
        }),
        validator: T.object({
          id: T.string,
          typeName: T.literal('label'),
          text: T.string,
        }),
      },
    },
  };
}

/**
 * The records of a document that a client with that schema is told of: none of a type that it does not name, and none that
 * lies on one, or is bound to one, that is hidden.
 */
export function seenBy({ sequences }, documents) {
  const seen = new Map(documents.filter((record) => isNamed(sequences, record)).map((record) => [record.id, record]));
  const hidden = new Set(documents.filter(({ id }) => !seen.has(id)).map(({ id }) => id));
  for (let before = -1; before !== hidden.size;) {
    before = hidden.size;
    for (const [id, { parentId, fromId, toId }] of seen) {
      if ([parentId, fromId, toId].some((on) => hidden.has(on))) {
        hidden.add(id);
        seen.delete(id);
      }
    }
  }
  return [...seen.values()];
}

function isNamed(sequences, { typeName, type }) {
  const name = ['shape', 'binding', 'asset'].includes(typeName) ? `${typeName}.${type}` : typeName;
  return `com.tldraw.${name}` in sequences;
}
