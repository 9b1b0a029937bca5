import { comesFromAnotherSite } from '../http/call.js'
import type { Answering } from '../http/router.js'
import { problemOf } from '../control/answer.js'
import { page } from './layout.js'
import { markup } from './markup.js'

export const answerPage: Answering = async (sim, call, route) => {
  if (comesFromAnotherSite(call))
    return page('Refused', '', markup`<p>Sent by another site.</p>`, { status: 403 })
  try {
    return await route.handle(sim, call)
  } catch (error) {
    const problem = problemOf(error)
    const body = markup`<p class="notice">${problem.message}</p><p><a href="/">To the start</a></p>`
    return page('That did not work', '', body, { status: problem.status })
  }
}
