import type { Fact } from '#app/core/mail/letter'
import type { Words } from '#app/core/mail/words'
import type { Parties } from '#app/receivables/queries/parties'

const text = ({ name, taxId }: { name: string | null; taxId: string | null }) =>
  [name, taxId].filter(Boolean).join(' · ')

/** Who pays, charges and receives, and what name the payer will see: said on every mail to one. */
export function whoIsCharging({ t }: Words, { payer, charger, receiver }: Parties) {
  const facts: Fact[] = [
    { label: t('mails.parties.charger'), value: text(charger) },
    { label: t('mails.parties.payer'), value: text(payer) },
  ]
  const notes = [t('mails.parties.no_fiscal_document')]
  if (receiver?.name) {
    facts.splice(1, 0, { label: t('mails.parties.receiver'), value: text(receiver) })
    const names = { receiver: receiver.name, charger: charger.name }
    notes.unshift(t('mails.parties.received_for', names))
  }
  return { facts, notes }
}
