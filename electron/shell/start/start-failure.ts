import type { Failure } from '../../../shared/failure.ts';
import type { Language } from '../../../shared/language.ts';
import { textOf } from '../texts.ts';

/** The sentence for a store that cannot be opened at start. The mail itself is untouched in each case. */
export function startFailureText(failure: Failure, folder: string, language: Language): string {
  switch (failure.kind) {
    case 'store-busy':
      return textOf(language, 'secondCopy');
    case 'disk-full':
      return textOf(language, 'cannotStartFull');
    case 'folder-read-only':
      return textOf(language, 'cannotStartReadOnly', { folder });
    case 'store-newer':
      return textOf(language, 'cannotStartNewer', { folder });
    default:
      return textOf(language, 'cannotStartOther', { folder, reason: failure.kind });
  }
}
