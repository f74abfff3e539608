/** Where an operation can stand. */
type Status = 'reserved' | 'signed' | 'sent' | 'included' | 'final' | 'failed' | 'void'

const texts: Readonly<Record<Status, string>> = {
  reserved: 'Being prepared: nothing is signed yet.',
  signed: 'Signed, and on its way to the network.',
  sent: 'Sent: it waits for a block.',
  included: 'Done: it is in a block.',
  final: 'Done: its block is final.',
  failed: 'Failed: its calls were undone, the fee was charged all the same.',
  void: 'Not sent: no block took it and none will. Nothing changed, no fee was charged.',
}

/** Says what became of an operation, in a sentence. */
export function statusText(status: Status): string {
  return texts[status]
}
