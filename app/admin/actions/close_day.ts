import logger from '@adonisjs/core/services/logger'
import { recordAudit, type Actor } from '#app/core/audit'
import { clock } from '#app/core/clock'
import { isUniqueViolation, transaction } from '#app/core/transaction'
import DailyClose from '#app/admin/models/daily_close'
import { ledgerPosition, type Difference, type Position } from '#app/admin/queries/ledger_position'
import { verification, type VerifyReport } from '#app/ledger/queries/verification'
import { postingChecks } from '#app/payments/queries/posting_checks'

export interface CloseReport {
  /** The UTC day that ended last. */
  day: string
  /** False: it was closed before; the figures are those of now all the same. */
  isNew: boolean
  /** Everything agrees, and every check of the ledger holds. */
  isSound: boolean
  positions: Position[]
  verification: VerifyReport
}

/** Keeps the books as they stand now as the close of the day that has ended; a day closes once. */
export class CloseDay {
  async handle({ actor }: { actor: Actor }): Promise<CloseReport> {
    const positions = await ledgerPosition()
    const report = await verification(postingChecks)
    const day = clock.now().toUTC().minus({ days: 1 }).toISODate()!
    const failed = report.checks
      .filter(({ offences }) => offences > 0)
      .map(({ name, offences }) => ({ name, minor: offences }))
    const isNew = await keep(day, positions, failed, actor)
    const isSound = report.isSound && positions.every(({ differences }) => differences.length === 0)
    if (!isSound) logger.error({ day, failed }, 'the books do not agree')
    return { day, isNew, isSound, positions, verification: report }
  }
}

/** @returns whether the day was still open: its rows are made together, once */
async function keep(day: string, positions: Position[], failed: Difference[], actor: Actor) {
  if (positions.length === 0 || (await DailyClose.findBy('day', day))) return false
  const closedBy = actor.kind === 'user' ? actor.userId : null
  try {
    await transaction(async (trx) => {
      for (const { differences: own, ...position } of positions) {
        const differences = [...own, ...failed]
        const isSound = differences.length === 0
        const close = await DailyClose.create(
          {
            ...position,
            ...{ day, differences, isSound, closedBy },
            ...{ actor: actor.kind, closedAt: clock.now() },
          },
          { client: trx }
        )
        await recordAudit(trx, {
          actor,
          action: 'day.closed',
          subject: { type: 'daily_close', id: close.id },
          details: { day, currency: position.currency, isSound },
        })
      }
    })
  } catch (error) {
    if (isUniqueViolation(error, 'day')) return false
    throw error
  }
  return true
}
