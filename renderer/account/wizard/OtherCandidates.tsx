import { useState } from 'react';
import { asksFirst, type SettingsCandidate } from '../../../shared/account-setup.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Folded } from '../../ui/Folded.tsx';
import { remarkText } from '../remark-text.ts';
import { ServerQuestion } from './ServerQuestion.tsx';

type OtherCandidatesProps = {
  readonly address: string;
  readonly candidates: readonly SettingsCandidate[];
  readonly onUse: (candidate: SettingsCandidate) => void;
  readonly onByHand: () => void;
};

/** The other servers that were found, each one press away. What names another organisation's server asks first. */
export function OtherCandidates({ address, candidates, onUse, onByHand }: OtherCandidatesProps) {
  const t = useTexts();
  const [asked, setAsked] = useState<SettingsCandidate | null>(null);
  if (candidates.length === 0) return null;
  return (
    <Folded title={t('others.title', { count: candidates.length })} level={2}>
      <ul className="other-candidates">
        {candidates.map((candidate) => {
          const { server, source, remarks = [] } = candidate;
          const name = `${server.host}:${server.port}`;
          return (
            <li key={`${name} ${server.security} ${server.user}`}>
              <div className="grows">
                <p>
                  {name} · {t(`others.security.${server.security}`)}
                </p>
                <p className="soft">
                  {[t(`looking.${source}`), ...remarks.map((remark) => remarkText(remark, t))].join(' · ')}
                </p>
              </div>
              <Button
                aria-label={t('others.use', { server: name })}
                onPress={() => (asksFirst(candidate) ? setAsked(candidate) : onUse(candidate))}
              >
                {t('others.use-short')}
              </Button>
            </li>
          );
        })}
      </ul>
      {asked !== null && (
        <ServerQuestion address={address} candidate={asked} onUse={() => onUse(asked)} onByHand={onByHand} />
      )}
    </Folded>
  );
}
