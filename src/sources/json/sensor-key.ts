/** A member by whose value a sensor's row says what it is, so that rows that nobody wants need not be parsed. */
export interface SensorKey {
  readonly name: string
  /** What stands in every text that has rows with this key. */
  readonly sign: string
  /**
   * The classes that a row with this value can be of, none where nobody wants such rows. `any`: the value does not tell;
   * undefined: it is not this sensor's.
   */
  classes(value: string | undefined): readonly number[] | 'any' | undefined
}

/** By name, where a sensor's kinds are all named by one member; what has another name is wanted by nobody. */
export const namedKinds =
  (kinds: Readonly<Record<string, { readonly class: number } | readonly number[]>>): SensorKey['classes'] =>
  (value) => {
    if (value === undefined) return 'any'
    const kind = Object.hasOwn(kinds, value) ? kinds[value] : undefined
    return kind === undefined ? [] : 'class' in kind ? [kind.class] : kind
  }
