import User from '#app/identity/models/user'

/** Who it was, by id; nothing for what a command did. */
export async function userNames(
  ids: (string | null | undefined)[]
): Promise<Record<string, string>> {
  const known = [...new Set(ids.filter((id) => typeof id === 'string'))]
  if (known.length === 0) return {}
  const users = await User.query().whereIn('id', known)
  return Object.fromEntries(users.map(({ id, fullName }) => [id, fullName]))
}
