import { openChoice } from '#app/gateway/connection_choice'
import ConnectionAttempt from '#app/gateway/models/connection_attempt'

/** @throws E_ROW_NOT_FOUND, also for another tenant's attempt or another user's */
export const attemptOf = (tenantId: string, userId: string, id: string) =>
  ConnectionAttempt.query().where({ tenant_id: tenantId, user_id: userId, id }).firstOrFail()

/** The account that came back instead of the one of before, without its tokens. */
export function accountToChoose(attempt: ConnectionAttempt) {
  if (attempt.state !== 'to_choose' || attempt.isOver) return null
  const { collectorId, nickname, maskedEmail } = openChoice(attempt).user
  return { mpUserId: collectorId, nickname, maskedEmail }
}
