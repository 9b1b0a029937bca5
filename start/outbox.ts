import type { EffectHandlers } from '#app/core/work/outbox'
import { SendConnectionMail } from '#app/gateway/actions/send_connection_mail'
import { TellOfConnection } from '#app/gateway/actions/tell_of_connection'
import { SendSilenceMail } from '#app/admin/actions/send_silence_mail'
import { ApplyImport } from '#app/receivables/actions/apply_import'
import { CheckImport } from '#app/receivables/actions/check_import'
import { SendDigest } from '#app/payments/actions/send_digest'
import { SendReceipt } from '#app/payments/actions/send_receipt'
import { SendDestinationMail } from '#app/payouts/actions/send_destination_mail'
import { CloseOtherCharges } from '#app/payments/actions/close_other_charges'
import { SendReminder } from '#app/receivables/actions/send_reminder'
import { OfferImported } from '#app/receivables/actions/offer_imported'
import { OfferScheduled } from '#app/receivables/actions/offer_scheduled'
import { SendReceivableMail } from '#app/receivables/actions/send_receivable_mail'

/** Who does what an outbox row names. */
const effects: EffectHandlers = {
  'imports.check': CheckImport,
  'imports.apply': ApplyImport,
  'charges.close_others': CloseOtherCharges,
  'receivables.offer': OfferScheduled,
  'receivables.offer_imported': OfferImported,
  'mails.receivable': SendReceivableMail,
  'mails.reminder': SendReminder,
  'mails.receipt': SendReceipt,
  'mails.digest': SendDigest,
  'mails.payout_destination': SendDestinationMail,
  'mails.silence': SendSilenceMail,
  'connections.tell': TellOfConnection,
  'mails.connection': SendConnectionMail,
}

export default effects
