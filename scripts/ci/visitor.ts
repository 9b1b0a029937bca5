import assert from 'node:assert/strict'

/** A browser without a window, of one site: keeps its cookies, follows no redirect. */
export class Visitor {
  #cookies = new Map<string, string>()

  constructor(readonly origin: string) {}

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { accept: 'text/html', cookie }
    const answer = await fetch(this.origin + path, { redirect: 'manual', headers, ...init })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      this.#cookies.set(name, value)
    }
    return answer
  }

  /** A page that must be there. @returns its HTML. */
  async page(path: string): Promise<string> {
    const answer = await this.send(path)
    assert.equal(answer.status, 200, `GET ${path}`)
    return answer.text()
  }

  /** Through the login page, as a person would. */
  async logIn(email: string, password: string) {
    const [, token] = /name='_csrf' value='([^']+)'/.exec(await this.page('/login'))!
    const body = new URLSearchParams({ _csrf: token, email, password })
    const { status, headers } = await this.send('/login', { method: 'POST', body })
    assert.equal(status, 303, `${email} cannot log in`)
    assert.notEqual(new URL(headers.get('location')!, this.origin).pathname, '/login')
  }
}
