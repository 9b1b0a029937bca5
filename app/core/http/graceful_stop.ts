import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'

/** How long load balancers have to see that it is not ready, and clients to end their connections. */
const FAREWELL_MS = 500
const QUEUE_EMPTY_WITHIN_MS = 5000
const CUT_OFF_AFTER_MS = 15_000

let stopping = false

export const isStopping = (): boolean => stopping

/**
 * Ends an HTTP server without cutting off a request. First it only says that it is not ready; then
 * it takes no new connections, and its answers on the old ones say that they end; idle ones are
 * closed last. `http.Server.close()` alone would close those at once, and lose what is on its way.
 */
export async function stopServing(server: Server): Promise<void> {
  stopping = true
  await sleep(FAREWELL_MS)
  await nobodyQueues(server)
  const closed = new Promise<void>((resolve) => {
    NetServer.prototype.close.call(server, () => resolve())
  })
  server.prependListener('request', (_request, response) => {
    response.setHeader('connection', 'close')
  })
  await Promise.race([closed, sleep(FAREWELL_MS)])
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  await Promise.race([closed, sleep(CUT_OFF_AFTER_MS, undefined, { ref: false })])
  clearInterval(sweep)
  server.closeAllConnections()
}

/**
 * Waits for a turn of the event loop that accepts no connection. The kernel resets those that still
 * queue when the server stops listening, and a busy loop accepts few of them each turn.
 */
async function nobodyQueues(server: Server) {
  const giveUpAt = performance.now() + QUEUE_EMPTY_WITHIN_MS
  for (let came = true; came && performance.now() < giveUpAt;) {
    came = false
    const note = () => (came = true)
    server.once('connection', note)
    await turn()
    await turn()
    server.off('connection', note)
  }
}
