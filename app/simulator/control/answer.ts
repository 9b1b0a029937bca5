import { InsufficientBalance } from '../balance/balances.js'
import { ClockCannotGoBack } from '../clock.js'
import { BodyNotJson, comesFromAnotherSite } from '../http/call.js'
import type { Answering } from '../http/router.js'
import { CaptureTooLarge } from '../life/cards.js'
import { CoveredTooMuch } from '../life/disputes.js'
import { InvalidState } from '../life/invalid_state.js'
import { RefundTooLarge } from '../life/refund.js'
import { NotLinked } from '../oauth/link.js'
import { InvalidPayoutState } from '../payouts/payout_life.js'
import { InvalidSubscriptionState } from '../subscriptions/payer.js'
import { Problem, problemReply } from './problem.js'

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof BodyNotJson) return new Problem(400, error.message)
  if (error instanceof ClockCannotGoBack) return new Problem(400, error.message)
  if (error instanceof CaptureTooLarge) return new Problem(400, error.message)
  if (error instanceof CoveredTooMuch) return new Problem(400, error.message)
  if (error instanceof RefundTooLarge) return new Problem(400, error.message)
  if (error instanceof NotLinked) return new Problem(404, error.message)
  if (error instanceof InvalidState) return new Problem(409, error.message)
  if (error instanceof InvalidPayoutState) return new Problem(409, error.message)
  if (error instanceof InvalidSubscriptionState) return new Problem(409, error.message)
  if (error instanceof InsufficientBalance) return new Problem(409, error.message)
  throw error
}

export const answerControl: Answering = async (sim, call, route) => {
  if (comesFromAnotherSite(call)) return problemReply(new Problem(403, 'sent by another site'))
  try {
    return await route.handle(sim, call)
  } catch (error) {
    return problemReply(problemOf(error))
  }
}
