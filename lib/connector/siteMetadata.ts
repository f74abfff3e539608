/** How a site calls itself; the wallet shows it beside the site's origin. */
export type SiteMetadata = { readonly name?: string | undefined; readonly icon?: string | undefined }

/** The page's title and favicon. */
export function siteMetadata(): SiteMetadata {
  if (typeof document === 'undefined') return {}
  const icon = document.querySelector<HTMLLinkElement>('link[rel~="icon"]')?.href
  return { name: document.title.slice(0, 200), ...(icon && { icon }) }
}
