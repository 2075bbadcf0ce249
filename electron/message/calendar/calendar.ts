/*
 * The room `calendar`: what an invitation says. RFC 5545, RFC 5546.
 * - Reading is bounded, and no address in a calendar is followed or fetched.
 * - All text is cleaned before it is shown.
 */

/** One property, such as DTSTART; parameter names in upper case. */
export type CalendarProperty = {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
};

/** A component such as VEVENT with what stands directly in it. */
export type CalendarComponent = {
  readonly name: string;
  readonly properties: CalendarProperty[];
  readonly children: CalendarComponent[];
};

/** Nobody's invitation is longer; a calendar of years that is sent around is shown by its first entries. */
const maximumLength = 500_000;
const maximumLine = 20_000;
const maximumDepth = 4;

const contentLine = /^([\w-]{1,60})((?:;[\w-]{1,60}=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)$/;
const parameter = /;([\w-]+)=("[^"]*"|[^";:]*)/g;

function propertyOf(line: string): CalendarProperty | null {
  const match = contentLine.exec(line.slice(0, maximumLine));
  if (!match) return null;
  const parameters = new Map<string, string>();
  for (const [, name = '', value = ''] of (match[2] ?? '').matchAll(parameter))
    parameters.set(name.toUpperCase(), value.replace(/^"(.*)"$/, '$1'));
  return { name: (match[1] ?? '').toUpperCase(), parameters, value: (match[3] ?? '').trim() };
}

/** Reads a calendar. Lines that are no property are left out. A component that is not closed ends with the text. */
export function readCalendar(text: string): CalendarComponent {
  const root: CalendarComponent = { name: '', properties: [], children: [] };
  const open = [root];
  const lines = text
    .slice(0, maximumLength)
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  for (const line of lines) {
    const property = propertyOf(line);
    const inside = open[open.length - 1] ?? root;
    if (property === null) continue;
    if (property.name === 'END') {
      const at = open.findLastIndex((one, index) => index > 0 && one.name === property.value.toUpperCase());
      if (at > 0) open.length = at;
    } else if (property.name !== 'BEGIN') inside.properties.push(property);
    else if (open.length <= maximumDepth) {
      const child = { name: property.value.toUpperCase(), properties: [], children: [] };
      inside.children.push(child);
      open.push(child);
    }
  }
  return root;
}

/** The first property of that name. */
export function propertyIn(component: CalendarComponent, name: string): CalendarProperty | undefined {
  return component.properties.find((property) => property.name === name);
}

/** A text value without its escapes. RFC 5545 §3.3.11. */
export function textOf(property: CalendarProperty | undefined): string {
  return (property?.value ?? '').replace(/\\([nN,;\\])/g, (_all, escaped: string) =>
    /n/i.test(escaped) ? '\n' : escaped,
  );
}
