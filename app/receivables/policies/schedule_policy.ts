import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type Membership from '#app/tenants/models/membership'

export default class SchedulePolicy extends BasePolicy {
  manage(_user: User, { role }: Membership) {
    return role !== 'cashier'
  }
}
