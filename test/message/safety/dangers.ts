import { JSDOM } from 'jsdom';

const harmless = new Set(
  `a abbr acronym address article aside b bdi bdo big blockquote body br caption center cite code col colgroup dd del
   details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hgroup hr html i img ins kbd
   li main mark menu nav nobr ol p pre q rp rt ruby s samp section small span strike strong style sub summary sup table
   tbody td tfoot th thead time tr tt u ul var wbr`.split(/\s+/),
);
const addresses = new Set(
  `action archive attributionsrc background cite classid code codebase data dynsrc formaction href icon imagesrcset
   itemid itemtype longdesc lowsrc manifest ping poster profile src srcdoc srcset usemap xlink:href xml:base`.split(
    /\s+/,
  ),
);
const dangerousCss =
  /@(?!media[ ])|(?:url|image|image-set|cross-fade|src|element|paint|var|attr|env|if|expression)\(|\\(?![0-9a-f]{1,2} )|<\/|(?:^|[{;\s])(?:position|z-index|behavior|-moz-binding|animation|filter|mask)\b\s*:/i;

const placeName = /^place-[\w.%~*!'()-]+$/;

const parser = new new JSDOM('').window.DOMParser();

/** Everything in a document, as a browser's own parser reads it, that could load, run or navigate by itself. */
export function dangersIn(html: string): string[] {
  const found: string[] = [];
  const document = parser.parseFromString(html, 'text/html');
  const everything = document.querySelectorAll('*');
  for (const element of everything) {
    const name = element.localName;
    if (element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || !harmless.has(name))
      found.push(`element ${name}`);
    for (const { name: attribute, value } of element.attributes) {
      const where = `${name} ${attribute}="${value}"`;
      // A link within the message has a goal, whose name nothing but such a link can mean.
      if (attribute === 'id' && placeName.test(value)) continue;
      if (/^on|^(?:id|name|is|popover|target|form|http-equiv|srcdoc)$/.test(attribute)) found.push(where);
      if (addresses.has(attribute) && !isHarmlessAddress(name, attribute, value)) found.push(where);
      if (attribute === 'style' && dangerousCss.test(value)) found.push(where);
    }
    if (name === 'style' && dangerousCss.test(element.textContent))
      found.push(`style ${element.textContent}`);
  }
  return found;
}

function isHarmlessAddress(element: string, attribute: string, value: string): boolean {
  if (element === 'a' && attribute === 'href')
    return /^(?:https?:\/\/|mailto:)[^\s<>"]*$|^#place-[\w.%~*!'()-]+$/.test(value);
  return (
    (attribute === 'src' || attribute === 'background') &&
    /^data:image\/(?:png|jpeg|gif|webp|bmp|avif);base64,[\w+/=]+$/.test(value)
  );
}
