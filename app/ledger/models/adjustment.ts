import { compose } from '@adonisjs/core/helpers'
import { AdjustmentSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** What a platform admin gave a tenant (plus) or took from it (minus). Never changed: reversed. */
export default class Adjustment extends compose(AdjustmentSchema, OwnId) {
  /** Its name in the ledger. */
  get reference(): string {
    return adjustmentReference(this.id)
  }
}

export const adjustmentReference = (id: string): string => `adjustment:${id}`
