import { queryInteger } from '../control/input.js'
import type { Call } from '../http/call.js'
import type { Simulator } from '../simulator.js'
import { markup } from './markup.js'

/** The seller that a page was asked for, or the first one. Throws Problem. */
export function chosenSeller(sim: Simulator, call: Call): number {
  return queryInteger(call, 'seller', sim.accounts.list()[0]?.id ?? 0, 1e15)
}

/** Links to the same page of each seller. */
export function sellerChoice(sim: Simulator, path: string, chosen: number) {
  const links = sim.accounts
    .list()
    .map(({ id, nickname }) =>
      id === chosen
        ? markup`<strong aria-current="true">${nickname}</strong>`
        : markup`<a href="${path}?seller=${id}">${nickname}</a>`
    )
  return markup`<nav class="choice-of-seller" aria-label="Seller"><span class="soft">Seller:</span>${links}</nav>`
}
