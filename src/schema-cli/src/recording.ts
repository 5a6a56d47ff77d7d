// The validators of tldraw, which also remember how they were made. This module is bundled into what is described, in
// place of @tldraw/validate: it takes the real one, and leaves all validating to it.

/** How a validator was made, as far as one cannot see it at the validator itself. */
export type Made =
  | { kind: 'primitive'; name: string }
  | { kind: 'literal'; value: unknown }
  | { kind: 'enum'; values: ReadonlySet<unknown> }
  | { kind: 'optional' | 'nullable' | 'model'; of: Validatable }
  | { kind: 'refined'; of: Validatable; code: unknown }
  | { kind: 'atLeast'; of: Validatable; atLeast: number }
  | { kind: 'or'; either: Validatable; or: Validatable }

export interface Validatable {
  validate(value: unknown): unknown
}

/** What a bundle and the command share: they are two modules with one memory. */
export interface Memory {
  made: WeakMap<object, Made>
  /** Every call of a validator while somebody listens: who was asked, and for what. */
  calls: { validator: Validatable; value: unknown }[] | null
}

const KEY = Symbol.for('drawbridge.schema.recorded')

export function memory(): Memory {
  const global = globalThis as { [KEY]?: Memory }
  return (global[KEY] ??= { made: new WeakMap(), calls: null })
}

type Anything = any // The API of the real package is whatever it is in the release that is described.

/** The same API, recording. */
export function record(real: Anything): { T: Anything } {
  const { made } = memory()
  const remember = <V extends object>(validator: V, how: Made): V => {
    if (!made.has(validator)) made.set(validator, how)
    return validator
  }
  const T: Anything = { ...real.T }

  for (const [name, value] of Object.entries(real.T)) {
    if (value instanceof real.T.Validator) remember(value as object, { kind: 'primitive', name })
  }

  const recorded: Record<string, (...args: Anything[]) => Made> = {
    literal: (value) => ({ kind: 'literal', value }),
    setEnum: (values) => ({ kind: 'enum', values }),
    literalEnum: (...values) => ({ kind: 'enum', values: new Set(values) }),
    optional: (of) => ({ kind: 'optional', of }),
    nullable: (of) => ({ kind: 'nullable', of }),
    model: (_name, of) => ({ kind: 'model', of }),
    or: (either, or) => ({ kind: 'or', either, or }),
  }
  for (const [name, how] of Object.entries(recorded)) {
    const make = real.T[name]
    if (make) T[name] = (...args: Anything[]) => remember(make(...args), how(...args))
  }

  const methods: [Anything, Record<string, (self: Anything, ...args: Anything[]) => Made>][] = [
    [
      real.T.Validator.prototype,
      {
        optional: (of) => ({ kind: 'optional', of }),
        nullable: (of) => ({ kind: 'nullable', of }),
        refine: (of, code) => ({ kind: 'refined', of, code }),
        check: (of, nameOrCode, code) => ({ kind: 'refined', of, code: code ?? nameOrCode }),
      },
    ],
    [
      real.T.ArrayOfValidator.prototype,
      {
        nonEmpty: (of) => ({ kind: 'atLeast', of, atLeast: 1 }),
        lengthGreaterThan1: (of) => ({ kind: 'atLeast', of, atLeast: 2 }),
      },
    ],
  ]
  for (const [prototype, known] of methods) {
    for (const [name, how] of Object.entries(known)) {
      const make = prototype[name]
      if (!make) continue
      prototype[name] = function (...args: Anything[]) {
        const validator = make.apply(this, args)
        // A check is a refinement inside: the outer call says more.
        made.set(validator, how(this, ...args))
        return validator
      }
    }
  }

  const validate = real.T.Validator.prototype.validate
  real.T.Validator.prototype.validate = function (value: unknown) {
    memory().calls?.push({ validator: this, value })
    return validate.call(this, value)
  }
  return { T }
}
