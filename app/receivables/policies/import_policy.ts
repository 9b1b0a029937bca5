import { BasePolicy } from '@adonisjs/bouncer'
import type User from '#app/identity/models/user'
import type { ImportKind } from '#app/receivables/imports/import_kind'
import type ImportRun from '#app/receivables/models/import_run'
import type Membership from '#app/tenants/models/membership'

export default class ImportPolicy extends BasePolicy {
  use(_user: User, { role }: Membership, { roles }: Pick<ImportKind, 'roles'>) {
    return roles.includes(role)
  }

  /** A cashier sees its own files only: those of others may be about other stores. */
  open(user: User, { role }: Membership, { createdBy }: Pick<ImportRun, 'createdBy'>) {
    return role !== 'cashier' || createdBy === user.id
  }
}
