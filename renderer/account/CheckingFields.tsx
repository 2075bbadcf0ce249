import { defaultPartialAboveBytes, longestCheckIntervalMinutes } from '../../shared/account.ts';
import { megabyte } from '../../shared/sizes.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Tick, Toggle } from '../ui/Choice.tsx';
import { Folded } from '../ui/Folded.tsx';
import { NumberLine } from '../ui/NumberLine.tsx';
import { RetentionFields } from './RetentionFields.tsx';
import type { AccountEdit } from './use-account-edit.ts';

type EditProps = { readonly edit: AccountEdit };

/** When a mailbox is checked, and how much of a large message comes. */
export function CheckingFields({ edit: { terms, choices, choose } }: EditProps) {
  const t = useTexts();
  const { checkEveryMinutes, checkAtStart, partialAboveBytes } = choices;
  return (
    <Folded title={t('account.checking')} isOpenAtFirst>
      <div className="folded-fields">
        <NumberLine
          label={t('account.every-minutes')}
          value={checkEveryMinutes}
          onChange={(minutes) => choose({ checkEveryMinutes: minutes })}
          least={0}
          most={longestCheckIntervalMinutes}
        />
        {terms.loginDelaySeconds > 0 && (
          <p className="soft">{t('account.login-delay', { seconds: terms.loginDelaySeconds })}</p>
        )}
        <Toggle isOn={checkAtStart} onChange={(isOn) => choose({ checkAtStart: isOn })}>
          {t('account.at-start')}
        </Toggle>
        <Tick
          isOn={partialAboveBytes > 0}
          onChange={(isOn) => choose({ partialAboveBytes: isOn ? defaultPartialAboveBytes : 0 })}
          note={t('account.partial-note')}
        >
          {t('account.partial')}
        </Tick>
        {partialAboveBytes > 0 && (
          <NumberLine
            label={t('server-view.megabytes')}
            value={Math.round(partialAboveBytes / megabyte)}
            onChange={(megabytes) => choose({ partialAboveBytes: megabytes * megabyte })}
            least={1}
            most={1000}
          />
        )}
      </div>
    </Folded>
  );
}

/** What becomes of the copies on the server. */
export function CopiesFields({ edit: { terms, draft, setDraft, choices, choose } }: EditProps) {
  const t = useTexts();
  return (
    <Folded title={t('copies.title')}>
      <div className="folded-fields">
        {terms.expireDays !== null && <p className="soft">{t('test.expire', { days: terms.expireDays })}</p>}
        <RetentionFields
          label={t('copies.label')}
          policy={draft.retention}
          onChange={(retention) => setDraft({ ...draft, retention })}
        />
        <Toggle
          isOn={choices.deleteOnServerWhenDeletedHere}
          onChange={(isOn) => choose({ deleteOnServerWhenDeletedHere: isOn })}
          note={t('account.deletes-too-note')}
        >
          {t('account.deletes-too')}
        </Toggle>
      </div>
    </Folded>
  );
}
