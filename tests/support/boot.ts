import 'reflect-metadata'
import { Ignitor } from '@adonisjs/core'
import type { ApplicationService } from '@adonisjs/core/types'

const ROOT = new URL('../../', import.meta.url)

/** The app without HTTP, for a process that is neither a test run nor a command. */
export async function boot(work: () => Promise<void>): Promise<ApplicationService> {
  const app = new Ignitor(ROOT, {
    importer: (path) => (/^\.\.?\//.test(path) ? import(new URL(path, ROOT).href) : import(path)),
  }).createApp('console')
  await app.init()
  await app.boot()
  await app.start(work)
  return app
}
