/**
 * The mark of `lib/ui/mark.svg` as a data URI of 96 px, as EIP-6963 asks for. Keep the two alike.
 *
 * @see https://eips.ethereum.org/EIPS/eip-6963#imagesicons
 */
export const icon: `data:image/svg+xml,${string}` =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='96' height='96' viewBox='0 0 48 48'%3E%3Crect width='48' height='48' rx='11' fill='%230b4a40'/%3E%3Cg fill='none' stroke='%23efc873' stroke-width='5'%3E%3Ccircle cx='19' cy='16' r='6.5'/%3E%3Cpath d='M19 22.5v18M16.5 38H35M19 30.5h9.5'/%3E%3C/g%3E%3C/svg%3E"
