import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Simulator } from '../simulator.js'
import { errorBody } from '../api/api_error.js'
import { BadAddress, BodyTooLarge, readCall } from './call.js'
import { json, type Reply } from './reply.js'
import type { Router } from './router.js'

async function replyTo(sim: Simulator, router: Router, request: IncomingMessage): Promise<Reply> {
  const failure = (status: number, message: string) =>
    json(status, errorBody(status, message, sim.clock.now()))
  try {
    const call = await readCall(request)
    return (
      (await router.answer(sim, call)) ?? failure(404, `nothing at ${call.method} ${call.path}`)
    )
  } catch (error) {
    if (error instanceof BadAddress) return failure(400, error.message)
    if (error instanceof BodyTooLarge) return failure(413, error.message)
    return failure(500, error instanceof Error ? error.message : String(error))
  }
}

async function writeStream(response: ServerResponse, reply: Reply): Promise<void> {
  response.writeHead(reply.status, reply.headers)
  if (reply.sending !== 'cut') {
    if (reply.sending === 'slow') await wait(reply.pauseMs)
    await pipeline(Readable.from(reply.stream!), response)
    return
  }
  const [piece = ''] = reply.stream!
  response.write(piece.slice(0, Math.floor(piece.length / 2)), () => response.destroy())
}

async function write(response: ServerResponse, reply: Reply): Promise<void> {
  if (reply.sending === 'never') return
  if (reply.stream) return writeStream(response, reply)
  const body = Buffer.from(reply.body)
  response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length })
  if (reply.sending === undefined) {
    response.end(body)
    return
  }
  const half = Math.floor(body.length / 2)
  response.write(body.subarray(0, half), () => {
    if (reply.sending === 'cut') response.destroy()
    else setTimeout(() => response.end(body.subarray(half)), reply.pauseMs).unref()
  })
}

export function serve(sim: Simulator, router: Router): Server {
  return createServer((request, response) => {
    replyTo(sim, router, request)
      .then((reply) => write(response, reply))
      .catch(() => response.destroy())
  })
}
