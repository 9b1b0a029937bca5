interface AgentOptions {
  connect: { timeout: number }
  headersTimeout: number
  bodyTimeout: number
  maxResponseSize: number
}

type AgentClass = new (options: AgentOptions) => object

/** A hundred found payments are about half of it. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024

/**
 * The class of the agent inside Node's own `fetch`, published by undici under this symbol for
 * exactly such sharing. A package of its own could differ in version from the `fetch` it serves.
 */
function agentClass(): AgentClass {
  void globalThis.Response
  const agent = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1')) as object
  return agent.constructor as AgentClass
}

/** Ends answers that stall or never end: the package's own time-out stops at the headers. */
export const limitedAgent = (timeoutMs: number) =>
  new (agentClass())({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: MAX_ANSWER_BYTES,
  })
