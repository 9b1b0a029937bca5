import { compose } from '@adonisjs/core/helpers'
import { hasMany, hasOne } from '@adonisjs/lucid/orm'
import type { HasMany, HasOne } from '@adonisjs/lucid/types/relations'
import { slugify } from '@adonisjs/lucid-slugify'
import { TenantSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import Store from '#app/tenants/models/store'
import TenantEntitlement from '#app/tenants/models/tenant_entitlement'

export type TenantMode = 'centralized' | 'connected'
export type TenantState = 'pending' | 'active' | 'suspended' | 'closed'

export default class Tenant extends compose(TenantSchema, OwnId) {
  declare mode: TenantMode
  declare state: TenantState

  @slugify({ strategy: 'dbIncrement', fields: ['tradeName'] })
  declare slug: string

  @hasMany(() => Store)
  declare stores: HasMany<typeof Store>

  @hasOne(() => TenantEntitlement)
  declare entitlement: HasOne<typeof TenantEntitlement>

  /** Only an active tenant issues charges and is paid out; what comes in is booked in any state. */
  get maySell() {
    return this.state === 'active'
  }
}
