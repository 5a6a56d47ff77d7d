import type { MigrationSequence } from './exports'
import type { JsonObject } from './json'
import type { V } from './validators'

/** Where a sequence is written: at a type, whose steps work on props or on the record, or by itself. */
export interface SequencePlace {
  kind: 'shape' | 'binding' | 'asset' | 'record' | 'any'
  type?: string
  sequenceId: string
  place: string
}

export interface Context {
  subtypes: Record<'shape' | 'binding' | 'asset', Record<string, { props?: Record<string, V>; meta?: Record<string, V> }>>
  records: Record<string, Record<string, V> | V>
  styles: Record<string, V>
  names: Map<string, string>
  sources: string[]
  warn(place: string, message: string): void
}

export function describeSequence(sequence: MigrationSequence, at: SequencePlace, context: Context): JsonObject {
  const result: JsonObject = {}
  if (!sequence.retroactive) result.retroactive = false
  if (sequence.sequence.length === 0) return result
  result.migrations = sequence.sequence.map((migration, index) => {
    context.warn(`${at.place}/migrations/${index}`, `${migration.id} is code`)
    return { up: 'code' }
  })
  return result
}
