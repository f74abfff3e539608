import { createInterface } from 'node:readline'

/**
 * A process of its own that ends the stack's process groups when their owner died without doing so (SIGKILL, a crash). It reads
 * `+pid` and `-pid` lines; the end of its input means that the owner is gone.
 */
const groups = new Set()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1))
  if (line.startsWith('+')) groups.add(pid)
  else groups.delete(pid)
}
for (const pid of groups) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
