/** Name of a site's calls in the journal: ids of two origins never meet. */
export function callsIdOf(origin: string, id: string): string {
  return `${origin} ${id}`
}
