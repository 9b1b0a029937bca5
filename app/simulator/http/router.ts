import type { Simulator } from '../simulator.js'
import type { Call } from './call.js'
import type { Reply } from './reply.js'

/** `GET /v1/payments/:id`: a method, a space, a path whose parts may begin with a colon. */
export type RouteName = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

export type Handler = (sim: Simulator, call: Call) => Reply | Promise<Reply>

export type Routes = Record<RouteName, Handler>

/** How a family of routes answers: refusals, journal and faults differ between them. */
export type Answering = (
  sim: Simulator,
  call: Call,
  route: { name: RouteName; handle: Handler }
) => Promise<Reply>

interface Compiled {
  name: RouteName
  method: string
  parts: string[]
  handle: Handler
  answer: Answering
}

export class Router {
  #routes: Compiled[] = []

  add(routes: Routes, answer: Answering): this {
    for (const [name, handle] of Object.entries(routes) as [RouteName, Handler][]) {
      const [method, path] = name.split(' ')
      this.#routes.push({ name, method, parts: path.split('/'), handle, answer })
    }
    return this
  }

  /** Null when nothing lives there. The first route that fits wins. */
  async answer(sim: Simulator, call: Call): Promise<Reply | null> {
    const parts = call.path === '/' ? ['', ''] : call.path.split('/')
    for (const route of this.#routes) {
      const params = route.method === call.method ? match(route.parts, parts) : null
      if (params) return route.answer(sim, { ...call, params }, route)
    }
    return null
  }
}

function match(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null
  const params: Record<string, string> = {}
  for (const [index, part] of pattern.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = parts[index]
    else if (part !== parts[index]) return null
  }
  return params
}
