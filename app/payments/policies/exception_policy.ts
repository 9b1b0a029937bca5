import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'

export default class ExceptionPolicy extends BasePolicy {
  /** Seeing them is deciding on them. */
  decide(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }
}
