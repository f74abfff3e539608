/** Characters that are not seen, or that turn the direction of the words beside them; line ends and tabs are seen. */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu

/** Text with everything in it that would not be seen spelled out: `‹U+202E›`. Two texts that look alike here are alike. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unseen, (character) => {
    if (character === '\n' || character === '\t') return character
    const code = character.codePointAt(0) ?? 0
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`
  })
}

/** Whether a text has characters that would not be seen. */
export const hasUnseen = (text: string) => visibleText(text) !== text.replaceAll('\r\n', '\n')
