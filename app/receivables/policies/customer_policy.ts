import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'

export default class CustomerPolicy extends BasePolicy {
  manage(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }

  /** There is no way back. */
  erase(_user: User, { role }: Membership) {
    return role === 'owner'
  }
}
