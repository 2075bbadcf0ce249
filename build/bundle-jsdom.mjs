// jsdom reads two files that lie beside it, which a bundle does not have. Outside of a bundle it cannot be used: it
// requires ES modules, which the Node inside some Electrons does not allow.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A bundler plugin: puts jsdom's style sheet into the code, and takes out the helper program for synchronous XHR. */
export function jsdomInOneFile() {
  return {
    name: 'jsdom-in-one-file',
    transform(code, id) {
      if (id.endsWith('/jsdom/living/helpers/style-rules.js')) {
        const sheet = readFileSync(join(dirname(id), '../../browser/default-stylesheet.css'), 'utf8');
        return replaced(code, /fs\.readFileSync\([^;]*\)(?=;)/, JSON.stringify(sheet), id);
      }
      if (id.endsWith('/jsdom/living/xhr/XMLHttpRequest-impl.js'))
        return replaced(code, /require\.resolve \? require\.resolve\([^)]*\) : null/, 'null', id);
      return undefined;
    },
  };
}

function replaced(code, pattern, text, id) {
  if (!pattern.test(code))
    throw new Error(`${id} is not as this plugin knows it; see how jsdom finds its files now`);
  return { code: code.replace(pattern, () => text), map: null };
}
