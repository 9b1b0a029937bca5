import type { DateTime } from 'luxon'
import { mailsAreSent } from '#config/mail'
import { clock } from '#app/core/clock'
import { countries, type CountryCode } from '#app/core/countries'
import { isUniqueViolation, transaction } from '#app/core/transaction'
import { addEffect } from '#app/core/work/outbox'
import { GatewayResolver } from '#app/gateway/gateway_resolver'
import { accountOfCollector } from '#app/gateway/queries/accounts'
import { sites } from '#app/gateway/sites'
import User from '#app/identity/models/user'
import NewsSilence, { type SilenceEnd } from '#app/admin/models/news_silence'
import {
  expectantCollectors,
  lastNewsOf,
  newsHours,
  openSilences,
} from '#app/admin/queries/silences'
import { expectation, HABIT_DAYS, isAlarming, SILENT_HOURS_AT_LEAST } from '#app/admin/silence'

/** What the effect of a silence is told. */
export interface SilenceMail extends Record<string, unknown> {
  silenceId: string
  userId: string
}

/**
 * Notices when an account that normally has news has none, and when it has some again. One without
 * anything that could still be paid is no alarm, neither is one that never had news.
 */
export class WatchNews {
  async handle(): Promise<void> {
    const expectant = new Set(await expectantCollectors())
    for (const silence of await openSilences()) await this.#look(silence, expectant)
    const still = await openSilences()
    const silent = new Set(still.map(({ collectorId }) => collectorId))
    for (const collectorId of expectant) {
      if (!silent.has(collectorId)) await this.#listen(collectorId)
    }
  }

  async #look(silence: NewsSilence, expectant: Set<string>) {
    const last = await lastNewsOf(silence.collectorId)
    if (last && last > silence.silentSince) return this.#end(silence, 'news')
    if (!expectant.has(silence.collectorId)) await this.#end(silence, 'nothing_open')
  }

  #end(silence: NewsSilence, endReason: SilenceEnd) {
    return silence.merge({ endedAt: clock.now(), endReason }).save()
  }

  async #listen(collectorId: string) {
    const since = await lastNewsOf(collectorId)
    const until = clock.now()
    if (!since || until.diff(since, 'hours').hours < SILENT_HOURS_AT_LEAST) return
    const timeZone = await zoneOfCollector(collectorId)
    if (!timeZone) return
    const history = await newsHours(collectorId, {
      since: since.minus({ days: HABIT_DAYS }),
      until: since,
    })
    const expected = expectation(history, { since, until }, timeZone)
    if (isAlarming(expected)) await this.#notice(collectorId, since, expected.news)
  }

  /** Of workers that notice it at the same time, the database lets one tell. */
  async #notice(collectorId: string, silentSince: DateTime, news: number) {
    const noticed = { collectorId, silentSince, expectedNews: Math.round(news) }
    try {
      await transaction(async (trx) => {
        const silence = await NewsSilence.create(
          { ...noticed, noticedAt: clock.now() },
          { client: trx }
        )
        if (!mailsAreSent) return
        const admins = await User.query({ client: trx })
          .where('is_platform_admin', true)
          .whereNull('disabled_at')
        for (const { id: userId } of admins) {
          const payload: SilenceMail = { silenceId: silence.id, userId }
          await addEffect(trx, { tenantId: null, effect: 'mails.silence', payload })
        }
      })
    } catch (error) {
      if (!isUniqueViolation(error)) throw error
    }
  }
}

/** Null for an account that is none of ours any more. */
async function zoneOfCollector(collectorId: string): Promise<string | null> {
  const account = await accountOfCollector(collectorId)
  if (!account) return null
  const { siteId } = await new GatewayResolver().forAccount(account)
  return countries[sites[siteId].country as CountryCode].timeZone
}
