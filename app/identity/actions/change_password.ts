import { recordAudit, type Actor } from '#app/core/audit'
import { transaction } from '#app/core/transaction'
import { ConfirmPassword } from '#app/identity/actions/confirm_password'
import type User from '#app/identity/models/user'
import { endSessionsOf } from '#app/identity/sessions'

export interface ChangePasswordInput {
  user: User
  currentPassword: string
  newPassword: string
  actor: Actor
}

/** Sets a new password and ends every session of the user; the caller begins a new one. */
export class ChangePassword {
  /** @throws WrongPassword at `currentPassword`, TooManyAttempts */
  async handle({ user, currentPassword, newPassword, actor }: ChangePasswordInput) {
    await new ConfirmPassword().handle(user.id, currentPassword, 'currentPassword')
    await transaction(async (trx) => {
      user.useTransaction(trx)
      user.password = newPassword
      await user.save()
      const subject = { type: 'user', id: user.id }
      await recordAudit(trx, { actor, action: 'user.password_changed', subject })
    })
    await endSessionsOf(user.id)
  }
}
