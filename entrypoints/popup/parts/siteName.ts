import type { SiteMetadata } from '@/lib/messaging/views'
import { readOrigin } from '@/lib/ui/readOrigin'

/** How sentences call a site: by its host, as what it calls itself proves nothing. */
export function siteName(origin: string | null, metadata?: SiteMetadata): string {
  if (origin === null) return metadata?.name ?? 'Latchkey'
  return readOrigin(origin).host
}
