export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'error'

/** Which colour a state of any model has; the same word has the same colour everywhere. */
const tones: Record<string, Tone> = {
  ...tone('success', 'paid approved processed completed connected active available authorized'),
  ...tone('success', 'won resolved ok done'),
  ...tone('info', 'open pending scheduled creating in_process processing received requested'),
  ...tone('info', 'checking applying'),
  ...tone('warning', 'overdue partially_paid overpaid suspended in_mediation partially_refunded'),
  ...tone(
    'warning',
    'needs_reauthorization disconnecting returned paused grace_period late checked'
  ),
  ...tone(
    'error',
    'rejected failed charged_back lost payment_failed invalid_tenant refused unreadable'
  ),
}

function tone(name: Tone, states: string): Record<string, Tone> {
  return Object.fromEntries(states.split(' ').map((state) => [state, name]))
}

export const badgeTone = (state: string): Tone =>
  Object.hasOwn(tones, state) ? tones[state] : 'neutral'
