import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'

/** What concerns the tenant itself. */
export default class TenantPolicy extends BasePolicy {
  /** Trade name, language, automatic payouts. */
  changeSettings(_user: User, { role }: Membership) {
    return role === 'owner'
  }

  /** Who works here, and the stores. */
  seeOrganisation(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }

  manageStores(_user: User, { role }: Membership) {
    return role === 'owner'
  }

  /** The balance and what was paid out. */
  seeBalance(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }
}
