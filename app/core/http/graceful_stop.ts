import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long load balancers have to see that it is not ready, and clients to end their connections. */
const FAREWELL_MS = 500
const CUT_OFF_AFTER_MS = 15_000

let stopping = false

export const isStopping = (): boolean => stopping

/**
 * Ends an HTTP server without cutting off a request: first it only says that it is not ready; then
 * it takes no new connections, and answers on the old ones say that they end; those that stay idle
 * are closed last. `http.Server.close()` would close idle ones at once, and with them the requests
 * that are on their way; and clients that must reconnect meanwhile would wait in a queue that is
 * thrown away.
 */
export async function stopServing(server: Server): Promise<void> {
  stopping = true
  await sleep(FAREWELL_MS)
  server.prependListener('request', (_request, response) => {
    response.setHeader('connection', 'close')
  })
  const closed = new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => resolve())
  })
  await Promise.race([closed, sleep(FAREWELL_MS)])
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  await Promise.race([closed, sleep(CUT_OFF_AFTER_MS)])
  clearInterval(sweep)
  server.closeAllConnections()
}
