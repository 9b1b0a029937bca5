import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** An application that acknowledges at once, and counts what it heard by notification. */
export async function startReceiver() {
  const heard = new Map<string, number>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const id = String(JSON.parse(String(Buffer.concat(chunks))).id)
      heard.set(id, (heard.get(id) ?? 0) + 1)
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    async waitFor(count: number) {
      for (let tries = 0; heard.size < count && tries < 600; tries++) await sleep(50)
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
