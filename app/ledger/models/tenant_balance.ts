import { compose } from '@adonisjs/core/helpers'
import { TenantBalanceSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** A projection of the entries, for reading: changed by `ledger.post` alone. */
export default class TenantBalance extends compose(TenantBalanceSchema, OwnId) {}
