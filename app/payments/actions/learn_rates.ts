import { percentText, proportion } from '#app/core/money'
import { SaveAccountRate } from '#app/gateway/actions/save_account_rate'
import { liveAccounts } from '#app/gateway/queries/accounts'
import { rateOfSite, rates, type Rate } from '#app/gateway/queries/rates'
import { sites } from '#app/gateway/sites'
import { median } from '#app/payments/median'
import { lastCosts, type Cost } from '#app/payments/queries/last_costs'

/** As many as an estimate is made from. */
const LAST = 50
/** Fewer say more of themselves than of what the next one will cost. */
const FEWEST = 5
const WHOLE = 10_000

/**
 * For the schedule: replaces the estimates of each account and method by the median of its last
 * payments. What is charged by the piece on the site stays so, the rest is a percentage.
 */
export class LearnRates {
  /** @returns how many rates were learned */
  async handle(): Promise<number> {
    const known = await rates()
    let learned = 0
    for (const account of await liveAccounts()) {
      for (const method of sites[account.siteId].methods) {
        const costs = await lastCosts(account.ref, method, LAST)
        const usual = rateOfSite(known, { siteId: account.siteId, method })
        if (!usual || costs.length < FEWEST) continue
        await new SaveAccountRate().handle({ account, method, ...learnedRate(costs, usual) })
        learned++
      }
    }
    return learned
  }
}

function learnedRate(costs: Cost[], usual: Rate) {
  const isByThePiece = usual.percent === '0.00'
  const fixedMinor = isByThePiece
    ? median(costs.map(({ chargesMinor }) => chargesMinor))
    : usual.fixedMinor
  const points = costs.map(({ amountMinor, chargesMinor }) =>
    proportion(WHOLE, Math.max(0, chargesMinor - fixedMinor), amountMinor)
  )
  const days = costs.flatMap(({ daysToRelease }) => daysToRelease ?? [])
  return {
    percent: isByThePiece ? usual.percent : percentText(Math.min(WHOLE, median(points))),
    fixedMinor,
    daysToRelease: days.length > 0 ? median(days) : usual.daysToRelease,
  }
}
