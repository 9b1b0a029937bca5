import type { EffectHandlers } from '#app/core/work/outbox'
import { CloseOtherCharges } from '#app/payments/actions/close_other_charges'
import { SendReceivableMail } from '#app/receivables/actions/send_receivable_mail'

/** Who does what an outbox row names. */
const effects: EffectHandlers = {
  'charges.close_others': CloseOtherCharges,
  'mails.receivable': SendReceivableMail,
}

export default effects
