/**
 * Whether a document is a web page: not a PDF, an image, a feed, JSON, or XML that only borrows the type. Same rule in
 * `entrypoints/content/isWebPage.ts`.
 */
export function isWebPage({ contentType, documentElement }: Document): boolean {
  const isHtml = contentType === 'text/html' || contentType === 'application/xhtml+xml'
  // By its name: to ask for its interface would cost a page half a millisecond. Without a root yet it is a page that begins.
  return isHtml && (documentElement === null || documentElement.localName === 'html')
}
