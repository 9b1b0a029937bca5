import type { DateTime } from 'luxon'
import { clock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { accountOfCollector } from '#app/gateway/queries/accounts'
import WebhookEvent from '#app/webhooks/models/webhook_event'
import { givenBoleto, givenSeller } from '#tests/support/receivables'
import { simulator } from '#tests/support/simulator'
import { givenEvent } from '#tests/support/webhooks'

const ZONE = 'America/Sao_Paulo'

/** Business time is the next Wednesday at ten, where the platform's account is. */
export async function untilWednesdayAtTen() {
  const now = clock.now().setZone(ZONE)
  const days = (3 - now.weekday + 7) % 7 || 7
  const then = now.plus({ days }).set({ hour: 10, minute: 0, second: 0, millisecond: 0 })
  await simulator.advance({ seconds: Math.ceil(then.diff(now, 'seconds').seconds) })
}

/** News at each of these moments, all of one account. */
export async function givenNews(collectorId: string, moments: DateTime[], values = {}) {
  const one = await givenEvent({ mpUserId: collectorId, state: 'processed', ...values })
  const rows = moments.map((receivedAt) => ({
    ...one.$attributes,
    ...{ id: newId(), dedupeKey: newId(), receivedAt },
  }))
  await one.delete()
  await WebhookEvent.createMany(rows)
}

/** An account that has news every hour, with a boleto to be paid, as it is on a Wednesday at ten. */
export async function givenBusyAccount() {
  const tenant = await givenSeller()
  await untilWednesdayAtTen()
  const { charge } = await givenBoleto(tenant, { dueInDays: 20 })
  await simulator.flush()
  const { collectorId } = charge
  const now = clock.now()
  await WebhookEvent.query().delete()
  const hours = Array.from({ length: 13 * 24 }, (_, back) => now.minus({ hours: back }))
  await givenNews(collectorId, hours)
  return { tenant, charge, collectorId, account: (await accountOfCollector(collectorId))! }
}
