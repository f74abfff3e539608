import type { ActivityView, Snapshot } from '@/lib/messaging/views'
export function activityTitle(item: ActivityView, _snapshot: Snapshot): string {
  return item.purpose === 'create-session' ? 'Session approved' : 'Transfer 1.5 DEMO to 0x51c2…3C77'
}
