import { DomainError } from '#app/core/errors'

/** It would take the tenant's balance below zero, and nobody said that it may. */
export class AdjustmentOverdraws extends DomainError {
  readonly key = 'admin.adjustment_overdraws'

  constructor() {
    super({}, 'overdraw')
  }
}

/** Somebody else took it back already. */
export class AdjustmentReversed extends DomainError {
  static status = 409
  readonly key = 'admin.adjustment_reversed'
}

export class AdjustmentNotFound extends DomainError {
  static status = 404
  readonly key = 'admin.adjustment_not_found'
}
