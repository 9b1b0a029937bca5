import { Problem } from '../control/problem.js'
import { formBody } from '../http/call.js'
import { redirect } from '../http/reply.js'
import type { Handler } from '../http/router.js'
import { DAY_MS } from '../time.js'
import { moment, page } from './layout.js'
import { markup } from './markup.js'

const STEPS_DAYS = [1, 7, 30]

export const showClockPage: Handler = (sim) => {
  const steps = STEPS_DAYS.map(
    (days) =>
      markup`<button name="days" value="${days}">+${days} ${days === 1 ? 'day' : 'days'}</button>`
  )
  return page(
    'Clock',
    '/clock',
    markup`<section class="card"><p class="big">${moment(sim.clock.now())}</p>
<form method="post" action="/clock" class="row">${steps}
<button class="plain" name="days" value="0">Back to real time</button></form></section>
<p>When the clock moves, what fell due happens: boletos expire, money is released, notifications are
tried again. It goes back only all the way, to real time.</p>`
  )
}

export const storeClockMove: Handler = async (sim, call) => {
  const days = Number(formBody(call).get('days'))
  if (![0, ...STEPS_DAYS].includes(days)) throw new Problem(400, 'choose one of the steps')
  if (days === 0) sim.clock.reset()
  else sim.clock.advance(days * DAY_MS)
  await sim.catchUp()
  return redirect('/clock')
}
