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

  /** By mail, or as a link. */
  send(_user: User, _membership: Membership) {
    return true
  }

  /** Its old address stops working wherever it was sent. */
  rotateLink(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }

  /** Whether and when customers are reminded. */
  setReminders(_user: User, { role }: Membership) {
    return role === 'owner'
  }

  cancel(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }
}
