import type { Failure } from '../../shared/failure.ts';
import type { Language } from '../../shared/language.ts';
import { word } from './words.ts';

/** The sentence for a store that cannot be opened at start; the mail itself is untouched in each case. */
export function wordStartFailure(failure: Failure, folder: string, language: Language): string {
  switch (failure.kind) {
    case 'store-busy':
      return word(language, 'secondCopy');
    case 'disk-full':
      return word(language, 'cannotStartFull');
    case 'folder-read-only':
      return word(language, 'cannotStartReadOnly', { folder });
    default:
      return word(language, 'cannotStartOther', { folder, reason: failure.kind });
  }
}
