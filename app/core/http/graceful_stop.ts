import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long clients have to notice that their kept-alive connection ends. */
const FAREWELL_MS = 500

let stopping = false

export const isStopping = (): boolean => stopping

/**
 * Lets every client go politely: answers say `connection: close` for a moment before the server
 * closes. A server that closes at once resets the connections whose next request is on its way.
 */
export async function sayGoodbye(server: Server): Promise<void> {
  stopping = true
  server.keepAliveTimeout = 1
  server.prependListener('request', (_request, response) => {
    response.setHeader('connection', 'close')
  })
  await sleep(FAREWELL_MS)
}
