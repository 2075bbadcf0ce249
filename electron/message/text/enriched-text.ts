/** The words of enriched text without its commands; two line ends in a row are one that is meant. RFC 1896. */
export function enrichedText(text: string): string {
  return text
    .replace(/<param>[^<]{0,2000}<\/param>/gi, '')
    .replace(/\n(\n*)/g, (_all, more: string) => (more === '' ? ' ' : more))
    .replace(/<<|<[^<>]{1,60}>/g, (command) =>
      command === '<<' ? '<' : /^<(?:nl|np)>$/i.test(command) ? '\n' : '',
    );
}
