import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import User from '#app/identity/models/user'

export interface CreatePlatformAdminInput {
  email: string
  fullName: string
  password: string
  locale: string
  actor: Actor
}

/** Makes a user who runs the platform, or lets one who is a user already run it. */
export class CreatePlatformAdmin {
  /** @returns the user, and whether it is a new one; a known user keeps the password it has. */
  async handle({ actor, email, ...input }: CreatePlatformAdminInput) {
    return transaction(async (trx) => {
      const known = await User.findBy('email', email.toLowerCase(), { client: trx })
      const user = known ?? new User().fill({ ...input, email: email.toLowerCase() })
      await user.useTransaction(trx).merge({ isPlatformAdmin: true }).save()
      const subject = { type: 'user', id: user.id }
      await recordAudit(trx, { actor, action: 'user.made_platform_admin', subject })
      return { user, isNew: known === null }
    })
  }
}
