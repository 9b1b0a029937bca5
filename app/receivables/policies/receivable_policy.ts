import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'

/** Which stores a member sees is decided by the queries: `visible_stores`. */
export default class ReceivablePolicy extends BasePolicy {
  view(_user: User, _membership: Membership) {
    return true
  }

  create(_user: User, _membership: Membership) {
    return true
  }

  issue(_user: User, _membership: Membership) {
    return true
  }

  cancel(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }
}
