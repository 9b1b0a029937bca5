import { Problem } from '../control/problem.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.js'
import { moment, page } from './layout.js'
import { markup } from './markup.js'

/** Enough to come to each try of a notification, to a due date and to a release. */
const STEPS: Record<string, number> = {
  '+15 minutes': 15 * MINUTE_MS,
  '+1 hour': HOUR_MS,
  '+1 day': DAY_MS,
  '+7 days': 7 * DAY_MS,
  '+30 days': 30 * DAY_MS,
}
const RESET = 'Back to real time'

export const showClockPage: Handler = (sim) => {
  const steps = Object.keys(STEPS).map(
    (name) => markup`<button name="step" value="${name}">${name}</button>`
  )
  const ahead = sim.clock.present() - Date.now()
  return page(
    'Clock',
    '/clock',
    markup`<section class="card"><p class="big">${moment(sim.clock.present())}</p>
<p class="soft">${ahead > MINUTE_MS ? `${(ahead / DAY_MS).toFixed(2)} days ahead of real time` : 'Real time'}</p>
<form method="post" action="/clock" class="row">${steps}
<button class="plain" name="step" value="${RESET}">${RESET}</button></form></section>
<p>When the clock moves, what fell due happens: boletos expire, money is released, notifications are
tried again. It goes back only all the way, to real time.</p>`
  )
}

export const storeClockMove: Handler = async (sim, call) => {
  const step = formBody(call).get('step') ?? ''
  if (step === RESET) sim.clock.reset()
  else if (Object.hasOwn(STEPS, step)) sim.clock.advance(STEPS[step])
  else throw new Problem(400, 'choose one of the steps')
  await sim.catchUp()
  return redirect('/clock')
}
