import type { Server } from 'node:http'
import logger from '@adonisjs/core/services/logger'
import type { ApplicationService } from '@adonisjs/core/types'
import { clock } from '#app/core/clock'
import { stopServing } from '#app/core/http/graceful_stop'
import { Worker } from '#app/core/work/worker'
import env from '#start/env'

/**
 * The life of a process: it follows another clock when told to, a web process carries a worker, and
 * both end without cutting anything off.
 */
export default class WorkerProvider {
  #worker?: Worker

  constructor(private app: ApplicationService) {}

  async ready() {
    const isWeb = this.app.getEnvironment() === 'web'
    await this.#followClock(isWeb)
    if (!isWeb) return
    const server = await this.app.container.make('server')
    // Hooks run last first: this one before the framework's own, which closes the server.
    this.app.terminating(() => stopServing(server.getNodeServer() as Server))
    if (env.get('WORKER', 'inline') === 'inline') await this.#startWorker()
  }

  /** Before the database's provider closes it: the later one is shut down first. */
  async shutdown() {
    await this.#worker?.stop()
  }

  async #startWorker() {
    const { workload } = await import('#start/worker')
    this.#worker = new Worker(workload())
    this.app.terminating(() => this.#worker?.stopClaiming())
    await this.#worker.start()
  }

  /** A command asks once, a server goes on asking. */
  async #followClock(poll: boolean) {
    const url = env.get('CLOCK_URL')
    if (!url) return
    await clock.follow(url, { poll }).catch((error) => {
      logger.warn(`the clock at CLOCK_URL does not answer: ${error.message}`)
    })
  }
}
