import { compose } from '@adonisjs/core/helpers'
import { CustomerSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import { open, purposeOf, seal } from '#app/core/vault'

/** Whom a tenant charges. */
export default class Customer extends compose(CustomerSchema, OwnId) {
  /** @throws Undecryptable */
  get taxId(): string {
    return open(this.taxIdCiphertext, this.#taxIdPurpose)
  }

  /** Needs `id` and `tenantId` to be set: the ciphertext is bound to both. */
  set taxId(plain: string) {
    this.taxIdCiphertext = seal(plain, this.#taxIdPurpose)
  }

  get #taxIdPurpose() {
    return purposeOf('customers', 'tax_id', this.id, this.tenantId)
  }

  /** Whether a boleto can be issued: the bank wants a whole address; a number may be missing. */
  get hasAddress(): boolean {
    const { postalCode, street, district, city, stateCode } = this
    return [postalCode, street, district, city, stateCode].every(Boolean)
  }

  serialize() {
    const { taxIdCiphertext: _, taxIdIndex: __, ...rest } = super.serialize()
    return rest
  }
}
