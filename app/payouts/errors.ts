import { DomainError } from '#app/core/errors'
import type { Hindrance } from '#app/payouts/hindrance'
import type { PayoutState } from '#app/payouts/models/payout'

/** Money may leave only to an account of the tenant itself. */
export class DestinationOfAnother extends DomainError {
  readonly key = 'payouts.destination_of_another'
}

/** Why nothing can be paid out now; `params.until` is an instant in milliseconds. */
export class PayoutNotPossible extends DomainError {
  constructor(readonly hindrance: Hindrance) {
    super('until' in hindrance ? { until: hindrance.until.toMillis() } : {})
  }

  get key() {
    return `payouts.${this.hindrance.reason}`
  }
}

export class AmountAboveAvailable extends DomainError {
  readonly key = 'payouts.above_available'

  constructor() {
    super({}, 'amount')
  }
}

export class PayoutNotFound extends DomainError {
  static status = 404
  readonly key = 'payouts.not_found'
}

/** Somebody else was faster, or the page was old. */
export class PayoutStateConflict extends DomainError {
  static status = 409
  readonly key = 'payouts.state_conflict'

  constructor(
    readonly from: PayoutState,
    readonly to: PayoutState
  ) {
    super({ state: from })
  }
}

export class BankReferenceTaken extends DomainError {
  static status = 409
  readonly key = 'payouts.bank_reference_taken'

  constructor() {
    super({}, 'bank_reference')
  }
}
