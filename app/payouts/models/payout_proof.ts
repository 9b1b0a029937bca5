import { compose } from '@adonisjs/core/helpers'
import { column } from '@adonisjs/lucid/orm'
import { PayoutProofSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import { open, purposeOf, seal } from '#app/core/vault'
import { extensionOf, type ProofType } from '#app/payouts/proof_type'

/** The bank's paper for a transfer, as somebody uploaded it. */
export default class PayoutProof extends compose(PayoutProofSchema, OwnId) {
  declare contentType: ProofType

  @column({ serializeAs: null })
  declare contentCiphertext: string

  /** Needs `id` and `tenantId`, as the ciphertext is bound to them. @throws Undecryptable */
  get content(): Buffer {
    return Buffer.from(open<string>(this.contentCiphertext, this.#purpose), 'base64')
  }

  set content(bytes: Buffer) {
    this.contentCiphertext = seal(bytes.toString('base64'), this.#purpose)
  }

  get fileName() {
    return `payout-${this.payoutId}.${extensionOf[this.contentType]}`
  }

  get #purpose() {
    return purposeOf('payout_proofs', 'content', this.id, this.tenantId)
  }
}
