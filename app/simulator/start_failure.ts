interface Asked {
  port: number
  host: string
  file: string
}

/** What whoever started it should do, in one sentence. */
export function describeStartFailure(error: unknown, { port, host, file }: Asked): string {
  const { code = '', message, syscall } = error as NodeJS.ErrnoException
  const unusable = `${file} cannot be written: choose another with --file, or --memory.`
  if (code === 'EACCES' && syscall !== 'listen') return unusable
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken: stop what listens there or choose another with --port.`,
    EACCES: `Port ${port} may not be used: choose one above 1023 with --port.`,
    ERR_SOCKET_BAD_PORT: `There is no port ${port}: choose one from 0 to 65535 with --port.`,
    EADDRNOTAVAIL: `This machine has no address ${host}: choose another with --host.`,
    ENOTFOUND: `Nobody knows the address ${host}: choose another with --host.`,
    SQLITE_NOTADB: `${file} is something else than a simulator's state: choose another with --file.`,
    SQLITE_CANTOPEN: unusable,
    ENOTDIR: unusable,
    EEXIST: unusable,
  }
  return sentences[code] ?? message
}
