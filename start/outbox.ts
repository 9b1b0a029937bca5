import type { EffectHandlers } from '#app/core/work/outbox'
import { CloseOtherCharges } from '#app/payments/actions/close_other_charges'

/** Who does what an outbox row names. */
const effects: EffectHandlers = {
  'charges.close_others': CloseOtherCharges,
}

export default effects
