import { DomainError } from '#app/core/errors'

/** With itself, or one that was merged or erased before. */
export class CannotMerge extends DomainError {
  readonly key = 'customers.cannot_merge'
}

/** The person behind it has to be known until all has ended; the page lists what has not. */
export class CustomerStillOpen extends DomainError {
  readonly key = 'customers.still_open'

  constructor(readonly open: OpenPart[]) {
    super({ count: open.reduce((sum, { count }) => sum + count, 0) })
  }
}

export interface OpenPart {
  /** Of `customers.parts`. */
  name: string
  count: number
}
