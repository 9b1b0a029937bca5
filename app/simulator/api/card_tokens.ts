import type { CardToken } from '../cards/card.js'
import { tokenize } from '../cards/tokenize.js'
import { jsonBody } from '../http/call.js'
import { json } from '../http/reply.js'
import type { Handler, Routes } from '../http/router.js'
import { isObject } from '../payments/payment_request.js'
import { wireTime } from '../time.js'
import { authenticatedOrPublic } from './api_call.js'
import { ApiError } from './api_error.js'
import { cardholderView } from './card_view.js'
import { Refusal } from './refusal.js'

function tokenView(token: CardToken, now: number) {
  const { card } = token
  const isOver = token.dueAt <= now ? 'expired' : 'active'
  return {
    id: token.id,
    card_id: token.savedCardId,
    first_six_digits: card.firstSix,
    expiration_month: card.expirationMonth,
    expiration_year: card.expirationYear,
    last_four_digits: card.lastFour,
    cardholder: cardholderView(card.cardholder),
    status: token.used ? 'used' : isOver,
    date_created: wireTime(token.createdAt),
    date_last_updated: wireTime(token.createdAt),
    date_due: wireTime(token.dueAt),
    luhn_validation: true,
    live_mode: token.liveMode,
    require_esc: false,
    card_number_length: card.numberLength,
    security_code_length: token.securityCodeLength,
  }
}

function missing(): Refusal {
  const message = 'Card Token not found'
  return new Refusal(404, { message, error: 'not_found', status: 404, cause: [] })
}

const storeCardToken: Handler = (sim, call) => {
  const caller = authenticatedOrPublic(sim, call)
  const body = jsonBody(call)
  if (!isObject(body)) throw new ApiError(1)
  return json(201, tokenView(tokenize(sim, caller, body), sim.clock.now()))
}

const showCardToken: Handler = (sim, call) => {
  const caller = authenticatedOrPublic(sim, call)
  const token = sim.wallets.token(call.params.id)
  if (token?.accountId !== caller.id) throw missing()
  return json(200, tokenView(token, sim.clock.now()))
}

export const cardTokenRoutes: Routes = {
  'POST /v1/card_tokens': storeCardToken,
  'GET /v1/card_tokens/:id': showCardToken,
}
