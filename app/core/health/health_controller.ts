import type { HttpContext } from '@adonisjs/core/http'
import { failures } from '#app/core/health/health_check'
import { isStopping } from '#app/core/http/graceful_stop'
import checks from '#start/health'

export default class HealthController {
  /** The process answers; whether it should get traffic is another question. */
  live({ response }: HttpContext) {
    return response.json({ status: 'ok' })
  }

  async ready({ response }: HttpContext) {
    const failed = isStopping() ? { process: 'stopping' } : await failures(checks)
    const ready = Object.keys(failed).length === 0
    response.header('cache-control', 'no-store')
    return response
      .status(ready ? 200 : 503)
      .json(ready ? { status: 'ready' } : { status: 'not_ready', failed })
  }
}
