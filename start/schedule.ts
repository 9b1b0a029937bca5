import type { Schedule } from '#app/core/work/schedule'
import { CloseDay } from '#app/admin/actions/close_day'
import { WatchNews } from '#app/admin/actions/watch_news'
import { GuardConnections } from '#app/gateway/actions/guard_connections'
import { RefreshTokens } from '#app/gateway/actions/refresh_tokens'
import { ExpireAttempts } from '#app/gateway/actions/expire_attempts'
import { RefreshAccountMethods } from '#app/gateway/actions/refresh_account_methods'
import { FreeHoldbacks } from '#app/payments/actions/free_holdbacks'
import { LearnRates } from '#app/payments/actions/learn_rates'
import { MakeDigests } from '#app/payments/actions/make_digests'
import { ReconcileReceivables } from '#app/payments/actions/reconcile_receivables'
import { ReleaseBalances } from '#app/payments/actions/release_balances'
import { RunPayouts } from '#app/payouts/actions/run_payouts'
import { DiscardOldImports } from '#app/receivables/actions/discard_import'
import { EndConnections } from '#app/receivables/actions/end_connections'
import { MakeReminders } from '#app/receivables/actions/make_reminders'
import { MakeScheduled } from '#app/receivables/actions/make_scheduled'
import { ResumeCharges } from '#app/receivables/actions/resume_charges'
import { PurgeWebhookBodies } from '#app/webhooks/actions/purge_webhook_bodies'

const worker = { kind: 'worker' } as const

/** What runs by itself: `every` is business seconds between two starts, or a UTC time "03:30". */
const schedules: Schedule[] = [
  { name: 'charges.resume', every: 30, run: async () => void (await new ResumeCharges().handle()) },
  // Hourly: each tenant's day begins at its own midnight.
  { name: 'receivables.recur', every: 3600, run: () => new MakeScheduled().handle() },
  { name: 'imports.forget', every: 3600, run: () => new DiscardOldImports().handle() },
  // Each tenant has an hour of its own, in its own time zone.
  { name: 'reminders.make', every: 300, run: () => new MakeReminders().handle() },
  { name: 'digests.make', every: 900, run: () => new MakeDigests().handle() },
  { name: 'webhooks.purge', every: '04:10', run: () => new PurgeWebhookBodies().handle() },
  { name: 'webhooks.silence', every: 900, run: () => new WatchNews().handle() },
  // Hourly: each tenant's day begins at its own midnight, and a day is paid out once.
  { name: 'payouts.run', every: 3600, run: () => new RunPayouts().handle({ actor: worker }) },
  { name: 'attempts.expire', every: 60, run: () => new ExpireAttempts().handle() },
  { name: 'connections.end', every: 60, run: () => new EndConnections().handle() },
  { name: 'rates.learn', every: '05:10', run: () => new LearnRates().handle() },
  // The hours of each connection lie apart already.
  { name: 'tokens.refresh', every: 3600, run: () => new RefreshTokens().handle({ actor: worker }) },
  // Hourly, each connection once a day.
  { name: 'connections.guard', every: 3600, run: () => new GuardConnections().handle() },
  { name: 'methods.refresh', every: '03:50', run: () => new RefreshAccountMethods().handle() },
  {
    name: 'balances.release',
    every: 60,
    run: async () => void (await new ReleaseBalances().handle()),
  },
  // Soon after the UTC day: the figures are those of this moment.
  { name: 'day.close', every: '00:10', run: () => new CloseDay().handle({ actor: worker }) },
  { name: 'holdbacks.free', every: 60, run: () => new FreeHoldbacks().handle() },
  {
    name: 'receivables.ask',
    every: 900,
    run: async () => void (await new ReconcileReceivables().handle({ days: 0 })),
  },
  {
    name: 'receivables.reconcile',
    every: '04:30',
    run: async () => void (await new ReconcileReceivables().handle({ days: 3 })),
  },
]

export default schedules
