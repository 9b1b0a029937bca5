import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'

export default class StatementPolicy extends BasePolicy {
  /** The tenant's money, of all its stores. */
  view(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }
}
