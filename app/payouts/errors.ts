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

export class AmountBelowMinimum extends DomainError {
  readonly key = 'payouts.below_platform_minimum'

  constructor() {
    super({}, 'amount')
  }
}

/** Who approved a large payout first cannot be the second person, too. */
export class SecondPersonNeeded extends DomainError {
  static status = 409
  readonly key = 'payouts.second_person_needed'
}

/** No approved payout may leave now, so there is nothing to write into a file. */
export class NothingToTransfer extends DomainError {
  readonly key = 'payouts.nothing_to_transfer'
}

/** `params.reason` is `missing`, `too_large` or `type`. */
export class ProofRefused extends DomainError {
  readonly key = 'payouts.proof_refused'

  constructor(reason: 'missing' | 'too_large' | 'type') {
    super({ reason }, 'proof')
  }
}

/** `params.reason` is `missing`, `too_large`, `not_text` or `columns`. */
export class ResultFileRefused extends DomainError {
  readonly key = 'payouts.result_file_refused'

  constructor(reason: 'missing' | 'too_large' | 'not_text' | 'columns') {
    super({ reason }, 'file')
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
