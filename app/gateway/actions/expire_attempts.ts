import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import ConnectionAttempt from '#app/gateway/models/connection_attempt'

/** For the schedule: attempts that nobody came back to keep nothing that was sealed in them. */
export class ExpireAttempts {
  async handle(): Promise<void> {
    const now = instantText(clock.now())
    // tenant: the time of all of them is over
    await ConnectionAttempt.query()
      .whereIn('state', ['pending', 'to_choose'])
      .where('expires_at', '<=', now)
      .update({
        ...{ state: 'expired', reason: 'abandoned', ended_at: now, updated_at: now },
        ...{ verifier_ciphertext: null, grant_ciphertext: null },
      })
  }
}
