import type { SessionView, Snapshot } from '@/lib/messaging/views'
export function sessionWords(_session: SessionView, _snapshot: Snapshot, _timestamp: number) {
  return {
    sentences: [
      'Pay 0x51c2…3C77 up to 2 DEMO at a time, 10 DEMO a day. Days begin at 00:00 UTC.',
      'Plant on plots 0–35, up to 20 times an hour.',
    ],
    worst: '3 DEMO until tomorrow, 18:00',
  }
}
