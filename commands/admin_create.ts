import { text as readAll } from 'node:stream/consumers'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'
import { MAX_PASSWORD, MIN_PASSWORD } from '#app/core/forms/password_limits'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

export default class AdminCreate extends BaseCommand {
  static commandName = 'admin:create'
  static description = 'Make a user who runs the platform'
  static help = [
    'Asks for what is not given. A user that exists already keeps its password and becomes an admin.',
    'In a script, hand the password over standard input:',
    '```',
    'printf %s "$PASSWORD" | {{ binaryName }} admin:create --email ana@example.com --name Ana --password-stdin',
    '```',
    '',
    'Exit code: 0 done, 2 wrong use.',
  ]
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'E-mail to log in with' })
  declare email: string

  @flags.string({ description: 'Full name' })
  declare name: string

  @flags.string({ description: 'Language of the pages: pt-BR, es or en', default: 'pt-BR' })
  declare locale: string

  @flags.boolean({ description: 'Read the password from standard input' })
  declare passwordStdin: boolean

  @flags.boolean({ description: 'Print one JSON document' })
  declare json: boolean

  async run() {
    const email = this.email ?? (await this.prompt.ask('E-mail'))
    const fullName = this.name ?? (await this.prompt.ask('Full name'))
    const typed = this.passwordStdin
      ? await readAll(process.stdin)
      : await this.prompt.secure(`Password (at least ${MIN_PASSWORD} characters)`)
    // As forms do: a line's end or a space around it could never be typed at the login.
    const password = typed.trim()
    const wrong = this.#wrong(email, fullName, password)
    if (wrong) {
      this.logger.error(wrong)
      this.exitCode = 2
      return
    }
    // Loaded here: the help is shown without starting the app.
    const { CreatePlatformAdmin } = await import('#app/identity/actions/create_platform_admin')
    const { user, isNew } = await new CreatePlatformAdmin().handle({
      ...{ email, fullName, password, locale: this.locale },
      actor: { kind: 'command' },
    })
    if (this.json) this.logger.log(JSON.stringify({ id: user.id, email: user.email, isNew }))
    else this.logger.success(`${user.email} ${isNew ? 'was made and' : 'now'} runs the platform`)
  }

  #wrong(email: string, name: string, password: string): string | null {
    if (!EMAIL.test(email) || email.length > 254) return '--email needs an e-mail address'
    if (name.trim().length < 2 || name.length > 120) return '--name needs a full name'
    if (!['pt-BR', 'es', 'en'].includes(this.locale)) return '--locale is pt-BR, es or en'
    if (password.length < MIN_PASSWORD) {
      return `The password needs at least ${MIN_PASSWORD} characters`
    }
    if (password.length > MAX_PASSWORD) return `The password has at most ${MAX_PASSWORD} characters`
    return null
  }
}
