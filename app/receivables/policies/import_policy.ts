import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type { ImportKind } from '#app/receivables/imports/import_kind'
import type Membership from '#app/tenants/models/membership'

export default class ImportPolicy extends BasePolicy {
  use(_user: User, { role }: Membership, { roles }: Pick<ImportKind, 'roles'>) {
    return roles.includes(role)
  }
}
