import { Check, X } from 'lucide-react';
import type { TestStep } from '../../../shared/account-setup.ts';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/texts.tsx';
import { classes } from '../../ui/class-names.ts';
import { Spinner } from '../../ui/Progress.tsx';

/** The steps of a connection test, each with how it went. */
export function TestSteps({ steps }: { readonly steps: readonly TestStep[] }) {
  const t = useTexts();
  const { size } = useFormats();
  const factsOf = ({ facts }: TestStep): string =>
    [
      facts.address,
      facts.protocol,
      facts.cipher,
      facts.mechanism,
      facts.capabilities?.slice(0, 8).join(' '),
      facts.count === undefined ? undefined : t('test.messages', { count: facts.count }),
      facts.sizeBytes === undefined ? undefined : size(facts.sizeBytes),
    ]
      .filter((fact) => fact !== undefined && fact !== '')
      .join(' · ');
  return (
    <ol className="test-steps" aria-label={t('test.steps')} aria-live="polite">
      {steps.map((step) => (
        <li key={step.step} className={classes('test-step', `is-${step.state}`)}>
          <span className="test-sign" aria-hidden="true">
            {step.state === 'running' && <Spinner />}
            {step.state === 'done' && <Check size={15} strokeWidth={2.5} />}
            {step.state === 'failed' && <X size={15} strokeWidth={2.5} />}
          </span>
          <span className="test-name">
            {t(`step.${step.step}`)}
            <span className="only-read-out">: {t(`test.state.${step.state}`)}</span>
          </span>
          <span className="test-facts">{factsOf(step)}</span>
        </li>
      ))}
    </ol>
  );
}
