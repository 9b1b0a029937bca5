import { compose } from '@adonisjs/core/helpers'
import { column } from '@adonisjs/lucid/orm'
import { CustomerSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { EntityType, TaxId, TaxIdKind } from '#app/core/tax_ids'
import { blindIndex, open, purposeOf, seal } from '#app/core/vault'

/** Finds a customer of a tenant by its tax id, without opening any. */
export const taxIdIndex = (tenantId: string, { kind, digits }: TaxId): string =>
  blindIndex(`${kind}:${digits}`, `customers.tax_id:${tenantId}`)

/** Binds the sealed tax id to its row. */
export const taxIdPurpose = (tenantId: string, id: string): string =>
  purposeOf('customers', 'tax_id', id, tenantId)

/** Whom a tenant charges. */
export default class Customer extends compose(CustomerSchema, OwnId) {
  declare taxIdKind: TaxIdKind
  declare entityType: EntityType

  @column({ serializeAs: null })
  declare taxIdCiphertext: string | null

  @column({ serializeAs: null })
  declare taxIdIndex: string | null

  /** Merged into another or erased: nothing new is charged to it, and it has no data any more. */
  get isGone(): boolean {
    return Boolean(this.mergedIntoId || this.erasedAt)
  }

  /** @throws Undecryptable */
  get taxId(): string {
    if (this.taxIdCiphertext === null) throw new Error(`Customer ${this.id} has no tax id any more`)
    return open(this.taxIdCiphertext, taxIdPurpose(this.tenantId, this.id))
  }

  /** Needs `id` and `tenantId` to be set: the ciphertext is bound to both. */
  identify(taxId: TaxId): this {
    this.taxIdKind = taxId.kind
    this.taxIdMasked = taxId.masked
    this.taxIdIndex = taxIdIndex(this.tenantId, taxId)
    this.taxIdCiphertext = seal(taxId.digits, taxIdPurpose(this.tenantId, this.id))
    return this
  }

  /** Whether a boleto can be issued: the bank wants a whole address; a number may be missing. */
  get hasAddress(): boolean {
    const { postalCode, street, district, city, stateCode } = this
    return [postalCode, street, district, city, stateCode].every(Boolean)
  }

  /** Whether anything of an address is known. */
  get hasPartOfAddress(): boolean {
    const { postalCode, street, district, city, stateCode } = this
    return [postalCode, street, district, city, stateCode].some(Boolean)
  }
}
