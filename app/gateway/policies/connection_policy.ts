import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'

/** A tenant's own accounts at Mercado Pago: where its money goes is its owners' business. */
export default class ConnectionPolicy extends BasePolicy {
  see(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }

  manage(_user: User, { role }: Membership) {
    return role === 'owner'
  }
}
