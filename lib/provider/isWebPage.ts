/**
 * Whether a document is a web page: not a PDF, an image, a feed, JSON, or XML that only borrows the type. Same rule in
 * `entrypoints/content/isWebPage.ts`.
 */
export function isWebPage(document: Document): boolean {
  const { contentType } = document
  // Its root is never asked for: to make that object would cost every page a third of a millisecond.
  if (contentType === 'text/html') return true
  return contentType === 'application/xhtml+xml' && isHtml(document.documentElement)
}

// Without a root yet it is a page that begins.
function isHtml(root: Element | null): boolean {
  return root === null || root.localName === 'html'
}
