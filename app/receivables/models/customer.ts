import { compose } from '@adonisjs/core/helpers'
import { column } from '@adonisjs/lucid/orm'
import { CustomerSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { TaxId } from '#app/core/tax_ids'
import { blindIndex, open, purposeOf, seal } from '#app/core/vault'

/** Finds a customer of a tenant by its tax id, without opening any. */
export const taxIdIndex = (tenantId: string, { kind, digits }: TaxId): string =>
  blindIndex(`${kind}:${digits}`, `customers.tax_id:${tenantId}`)

/** Whom a tenant charges. */
export default class Customer extends compose(CustomerSchema, OwnId) {
  @column({ serializeAs: null })
  declare taxIdCiphertext: string

  @column({ serializeAs: null })
  declare taxIdIndex: string

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
}
