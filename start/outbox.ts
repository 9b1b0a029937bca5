import type { EffectHandlers } from '#app/core/work/outbox'

/** Who does what an outbox row names. */
const effects: EffectHandlers = {}

export default effects
