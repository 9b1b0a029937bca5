import { compose } from '@adonisjs/core/helpers'
import { column, hasMany, hasOne } from '@adonisjs/lucid/orm'
import type { HasMany, HasOne } from '@adonisjs/lucid/types/relations'
import { slugify } from '@adonisjs/lucid-slugify'
import { TenantSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import type { TaxId } from '#app/core/tax_ids'
import { blindIndex, open, purposeOf, seal } from '#app/core/vault'
import Store from '#app/tenants/models/store'
import TenantEntitlement from '#app/tenants/models/tenant_entitlement'
import { NextFreeSlug } from '#app/tenants/slugs'
import { cleanDescriptor } from '#app/tenants/statement_descriptor'
import { mayFollow, type TenantState } from '#app/tenants/tenant_states'

export type { TenantState }
export type TenantMode = 'centralized' | 'connected'

export default class Tenant extends compose(TenantSchema, OwnId) {
  declare mode: TenantMode
  declare state: TenantState

  @slugify({
    strategy: () => new NextFreeSlug(),
    fields: ['tradeName'],
    maxLength: 56,
    // Otherwise it becomes an English "and".
    transformer: (_tenant, _field, name) => String(name).replaceAll('&', ' '),
  })
  declare slug: string

  @column({ serializeAs: null })
  declare taxIdCiphertext: string

  @column({ serializeAs: null })
  declare taxIdIndex: string

  @hasMany(() => Store)
  declare stores: HasMany<typeof Store>

  @hasOne(() => TenantEntitlement)
  declare entitlement: HasOne<typeof TenantEntitlement>

  /** Only an active tenant issues charges and is paid out; what comes in is booked in any state. */
  get maySell() {
    return this.state === 'active'
  }

  /** What a payer's card statement says of it. */
  get descriptor(): string {
    return this.statementDescriptor ?? cleanDescriptor(this.tradeName)
  }

  /**
   * Digits and capitals only.
   * @throws Undecryptable
   */
  get taxId(): string {
    return open(this.taxIdCiphertext, this.#taxIdPurpose)
  }

  /** Seals the tax id; needs `id` to be set, as the ciphertext is bound to it. */
  identify(taxId: TaxId): this {
    this.taxIdKind = taxId.kind
    this.taxIdCiphertext = seal(taxId.digits, this.#taxIdPurpose)
    this.taxIdIndex = blindIndex(taxId.digits, 'tenant.tax_id')
    this.taxIdMasked = taxId.masked
    return this
  }

  /**
   * The only way a tenant changes its state; does not save.
   * @throws IllegalTenantTransition
   */
  moveTo(state: TenantState): this {
    if (!mayFollow(this.state, state)) throw new IllegalTenantTransition(this, state)
    this.state = state
    return this
  }

  get #taxIdPurpose() {
    return purposeOf('tenants', 'tax_id', this.id, this.id)
  }
}

/** A change that the table does not have. */
export class IllegalTenantTransition extends Error {
  constructor(tenant: Tenant, to: TenantState) {
    super(`Tenant ${tenant.id} cannot go from ${tenant.state} to ${to}`)
  }
}
