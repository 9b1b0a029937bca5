import logger from '@adonisjs/core/services/logger'
import { clock } from '#app/core/clock'
import { instantText } from '#app/core/columns'
import { describeError } from '#app/core/redaction'
import { BeginScheduledCharge } from '#app/receivables/actions/begin_scheduled_charge'
import { SendCharge } from '#app/receivables/actions/send_charge'
import Charge from '#app/receivables/models/charge'
import { FIRST_RETRY_SECONDS } from '#app/receivables/retries'

const BATCH = 40
/** A provider that hangs must not make the whole batch wait in line. */
const AT_ONCE = 4

/** For the schedule: issues what was scheduled, and asks again where the outcome is unknown. */
export class ResumeCharges {
  /** @returns how many charges were due */
  async handle(): Promise<number> {
    // tenant: the worker serves all of them, whoever waits longest first
    const due = await Charge.query()
      .whereIn('state', ['scheduled', 'creating'])
      .where('next_attempt_at', '<=', instantText(clock.now()))
      .orderBy('next_attempt_at')
      .limit(BATCH)
    const waiting = [...due]
    const lane = async () => {
      for (let charge = waiting.shift(); charge; charge = waiting.shift())
        await this.#resume(charge)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
    return due.length
  }

  async #resume(charge: Charge): Promise<void> {
    try {
      const isFirst = charge.state === 'scheduled'
      if (!(await this.#claim(charge))) return
      const ready = isFirst ? await new BeginScheduledCharge().handle(charge) : charge
      if (ready) await new SendCharge().handle(ready, { repeated: !isFirst })
    } catch (error) {
      logger.error({ err: describeError(error), chargeId: charge.id }, 'charge not resumed')
    }
  }

  /** Only one worker gets it: whoever moves the time that both have read. */
  async #claim(charge: Charge): Promise<boolean> {
    const next = clock.now().plus({ seconds: FIRST_RETRY_SECONDS })
    const [moved] = await Charge.query()
      .where({ tenant_id: charge.tenantId, id: charge.id, state: charge.state })
      .where('next_attempt_at', instantText(charge.nextAttemptAt!))
      .update({ next_attempt_at: instantText(next) })
    return Number(moved) === 1
  }
}
