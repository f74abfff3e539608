import type { SecretMemory } from '@/lib/storage/memory'

const key = 'lock-due'
type Context = { readonly memory: SecretMemory; now(): number }

/**
 * Sets when open vaults close because the user is away, in Unix ms; `null` when the user is back. A computer that sleeps through the
 * moment fires no event at it, so that each use of a vault looks here.
 */
export async function setLockDue({ memory }: Context, at: number | null): Promise<void> {
  if (at === null) await memory.remove([key])
  else await memory.set(key, at)
}

/** Whether the moment has come. */
export async function isLockDue({ memory, now }: Context): Promise<boolean> {
  const at = (await memory.get(key)) as number | undefined
  return at !== undefined && at <= now()
}
