import { appUrl } from '#config/app'
import { PASSWORD } from '#tests/support/given'

interface Answer {
  status: number
  location: string | null
  headers: Headers
  text: string
}

/** A browser without a window: keeps cookies, follows nothing, takes form tokens off the page. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  #csrfToken = ''
  #page = '/'

  constructor(
    readonly language = 'pt-BR',
    /** Where the app is reached: this run's, or a process of its own. */
    readonly base = appUrl
  ) {}

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.#send(path, { headers })
    this.#page = path
    this.#csrfToken = /name='_csrf' value='([^']+)'/.exec(answer.text)?.[1] ?? this.#csrfToken
    return answer
  }

  /** Posts a form of the page seen last. */
  post(
    path: string,
    form: Record<string, string> = {},
    headers: Record<string, string> = {}
  ): Promise<Answer> {
    const body = new URLSearchParams({ _csrf: this.#csrfToken, ...form })
    return this.#send(path, { method: 'POST', headers, body })
  }

  /** Posts a form with one file. */
  upload(path: string, form: Record<string, string>, file: { name: string; content: string }) {
    const body = new FormData()
    for (const [name, value] of Object.entries({ _csrf: this.#csrfToken, ...form })) {
      body.append(name, value)
    }
    body.append('file', new Blob([file.content]), file.name)
    return this.#send(path, { method: 'POST', body })
  }

  /** Posts without the page's token, as another site would. */
  postWithout(path: string, form: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { method: 'POST', body: new URLSearchParams(form) })
  }

  /** Through the login page, as a person would. */
  async logIn(email: string, password = PASSWORD): Promise<Answer> {
    await this.get('/login')
    return this.post('/login', { email, password })
  }

  async #send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(this.base + path, {
      redirect: 'manual',
      ...init,
      headers: {
        'accept': 'text/html',
        'accept-language': this.language,
        'referer': this.base + this.#page,
        'cookie': [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(init.headers as Record<string, string>),
      },
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const { status, headers } = response
    const location = headers.get('location')?.replace(this.base, '') ?? null
    return { status, headers, location, text: await response.text() }
  }

  #keep(line: string) {
    const [pair] = line.split(';')
    const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
    if (/max-age=0/i.test(line)) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}

export const statusOf = async (answer: Promise<Answer>) => {
  const { status } = await answer
  return status
}

export const locationOf = async (answer: Promise<Answer>) => {
  const { location } = await answer
  return location
}

export const textOf = async (answer: Promise<Answer>) => {
  const { text } = await answer
  return text
}

/** A visitor who came through the login page. */
export async function loggedIn({ email }: { email: string }): Promise<Visitor> {
  const visitor = new Visitor()
  await visitor.logIn(email)
  return visitor
}
