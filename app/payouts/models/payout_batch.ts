import { compose } from '@adonisjs/core/helpers'
import { belongsTo, column } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { PayoutBatchSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import { open, purposeOf } from '#app/core/vault'
import User from '#app/identity/models/user'

export const batchPurpose = (id: string) => purposeOf('payout_batches', 'content', id)

/** A file of transfers for the bank. Made once: downloaded again it is the same, byte for byte. */
export default class PayoutBatch extends compose(PayoutBatchSchema, OwnId) {
  @column({ serializeAs: null })
  declare contentCiphertext: string

  @belongsTo(() => User, { foreignKey: 'createdBy' })
  declare maker: BelongsTo<typeof User>

  /** @throws Undecryptable */
  get content(): string {
    return open(this.contentCiphertext, batchPurpose(this.id))
  }
}
