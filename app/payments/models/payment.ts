import { compose } from '@adonisjs/core/helpers'
import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import { PaymentSchema } from '#database/schema'
import { clock } from '#app/core/clock'
import { OwnId } from '#app/core/own_id'
import type { ProviderPayment } from '#app/gateway/provider'
import Dispute from '#app/payments/models/dispute'
import Refund from '#app/payments/models/refund'
import Charge from '#app/receivables/models/charge'

/** What the provider says of one payment, as last applied. */
export default class Payment extends compose(PaymentSchema, OwnId) {
  declare mode: Charge['mode']

  @belongsTo(() => Charge)
  declare charge: BelongsTo<typeof Charge>

  @hasMany(() => Refund)
  declare refunds: HasMany<typeof Refund>

  @hasMany(() => Dispute)
  declare disputes: HasMany<typeof Dispute>

  /** It was approved and the tenant's share is still held by the provider. */
  get awaitsRelease(): boolean {
    return this.approvedAt !== null && this.releasedAt === null
  }

  /** The release date has passed and the provider still holds the money. */
  get isReleaseLate(): boolean {
    const { releaseCheckAt, moneyReleaseAt } = this
    return releaseCheckAt !== null && moneyReleaseAt !== null && moneyReleaseAt < clock.now()
  }

  /** An older view of the payment than this one tells nothing: order is the provider's. */
  isNewerThan(payment: ProviderPayment): boolean {
    return payment.updatedAt.toMillis() < this.providerUpdatedAt.toMillis()
  }

  /** Takes over what the provider says; does not save. Once approved is approved for ever. */
  follow(payment: ProviderPayment): Payment {
    return (this as Payment).merge({
      status: payment.status,
      statusDetail: payment.statusDetail,
      method: payment.method,
      type: payment.type,
      amountMinor: payment.amountMinor,
      netReceivedMinor: payment.netReceivedMinor,
      liveMode: payment.liveMode,
      providerCreatedAt: payment.createdAt,
      providerUpdatedAt: payment.updatedAt,
      approvedAt: this.approvedAt ?? payment.approvedAt,
      moneyReleaseAt: payment.moneyReleaseAt,
      moneyReleaseStatus: payment.moneyReleaseStatus,
      snapshot: payment.snapshot,
    })
  }
}
