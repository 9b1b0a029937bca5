import { compose } from '@adonisjs/core/helpers'
import { TenantEntitlementSchema } from '#database/schema'
import { OwnId } from '#app/core/own_id'

/** What lower modules must know of a tenant's plan; a null fee means the platform's default. */
export default class TenantEntitlement extends compose(TenantEntitlementSchema, OwnId) {}
