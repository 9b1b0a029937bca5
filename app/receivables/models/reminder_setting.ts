import { compose } from '@adonisjs/core/helpers'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { ReminderSettingSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'
import Tenant from '#app/tenants/models/tenant'

/** When a tenant's customers are reminded of what they owe. */
export default class ReminderSetting extends compose(ReminderSettingSchema, OwnId) {
  /** From the due date: -3 is three days before it. */
  declare days: number[]

  @belongsTo(() => Tenant)
  declare tenant: BelongsTo<typeof Tenant>
}
