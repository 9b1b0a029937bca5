import { MercadoPagoConfig } from 'mercadopago'
import { AppConfig } from 'mercadopago/dist/utils/config/index.js'
import mercadopago from '#config/mercadopago'
import { limitedAgent } from './dispatcher.js'

type Agent = ReturnType<typeof limitedAgent>
let agent: Agent | undefined

/** How long a call may take as a whole, an answer that trickles in included. */
const deadlineMs = () => 2 * mercadopago.timeoutMs

class DeadlinePassed extends Error {}

/**
 * One call to the provider. The configuration is made anew for each: the package merges the options
 * of a call into it for good, so that the next call would carry this one's key and token.
 *
 * It never repeats by itself. A caller that waits hears the outcome within seconds, and the worker
 * repeats what may be repeated with the key that was written before the first try.
 */
export async function callOnce<Result>(
  token: string,
  operation: (config: MercadoPagoConfig) => Promise<Result>,
  idempotencyKey?: string
): Promise<Result> {
  agent ??= limitedAgent(mercadopago.timeoutMs)
  Object.assign(AppConfig, { BASE_URL: mercadopago.apiUrl })
  const options = { timeout: mercadopago.timeoutMs, maxRetries: 0, idempotencyKey }
  const config = new MercadoPagoConfig({
    accessToken: token,
    options: { ...options, ...{ dispatcher: agent } },
  })
  return withinDeadline(operation(config))
}

async function withinDeadline<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed()), deadlineMs())
  })
  return Promise.race([work, deadline]).finally(() => clearTimeout(timer))
}
