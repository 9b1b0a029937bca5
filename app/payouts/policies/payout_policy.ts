import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'

/** Where a tenant's money goes is its owners' business. */
export default class PayoutPolicy extends BasePolicy {
  manage(_user: User, { role }: Membership) {
    return role === 'owner'
  }
}
