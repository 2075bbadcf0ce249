import { ChevronDown, TriangleAlert } from 'lucide-react';
import type { AccountState } from '../../../shared/account-state.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { classes } from '../../ui/class-names.ts';

type MailboxHeadingProps = {
  readonly name: string;
  /** The account of the mailbox; null where no server belongs to it. */
  readonly state: AccountState | null;
  readonly isFolded: boolean;
  /** Unread messages of its inbox, told here while that is folded away. */
  readonly unread: number;
  /** Folds its places away, or shows them again; null where it is the only mailbox. */
  readonly onFold: (() => void) | null;
};

/** The name of a mailbox over its places; of several each can be folded away. */
export function MailboxHeading({ name, state, isFolded, unread, onFold }: MailboxHeadingProps) {
  const t = useTexts();
  const { number } = useFormats();
  const label = (
    <>
      <span className="place-heading-name">{name}</span>
      {state?.account.isSample === true && <span className="badge">{t('places.sample')}</span>}
    </>
  );
  return (
    <h2 className={classes('place-heading', onFold !== null && 'can-fold')} title={state?.account.address}>
      {onFold === null ? (
        label
      ) : (
        <button type="button" className="place-fold" aria-expanded={!isFolded} onClick={onFold}>
          <ChevronDown size={13} aria-hidden="true" className="place-fold-arrow" />
          {label}
          {isFolded && state !== null && state.trouble !== null && (
            <TriangleAlert size={13} aria-label={t('places.trouble')} className="place-fold-trouble" />
          )}
          {isFolded && unread > 0 && (
            <span className="place-count">
              <span aria-hidden="true">{number(unread)}</span>
              <span className="only-read-out">{t('places.unread', { count: unread })}</span>
            </span>
          )}
        </button>
      )}
    </h2>
  );
}
