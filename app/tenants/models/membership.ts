import { compose } from '@adonisjs/core/helpers'
import { belongsTo, manyToMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, ManyToMany } from '@adonisjs/lucid/types/relations'
import { MembershipSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import User from '#app/identity/models/user'
import Store from '#app/tenants/models/store'
import Tenant from '#app/tenants/models/tenant'

export type Role = 'owner' | 'manager' | 'cashier'

export default class Membership extends compose(MembershipSchema, OwnId) {
  declare role: Role

  @belongsTo(() => Tenant)
  declare tenant: BelongsTo<typeof Tenant>

  @belongsTo(() => User)
  declare user: BelongsTo<typeof User>

  /** The stores a cashier works in; owners and managers see all. */
  @manyToMany(() => Store, { pivotTable: 'membership_stores' })
  declare stores: ManyToMany<typeof Store>
}
