import { Outbox } from '#app/core/work/outbox'
import type { Workload } from '#app/core/work/worker'
import { Inbox } from '#app/webhooks/inbox'
import effects from '#start/outbox'
import schedules from '#start/schedule'
import webhooks from '#start/webhooks'

/** Everything that a worker does. */
export const workload = (): Workload => ({
  sources: [
    { source: new Inbox(webhooks.topics), concurrency: 8 },
    { source: new Outbox(effects), concurrency: 4 },
  ],
  schedules,
})
