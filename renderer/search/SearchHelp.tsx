import { operators } from '../../shared/search/operators.ts';
import { useLanguage, useTexts } from '../i18n/texts.tsx';

/** What steers a search beside its operators, with an example in each language. */
const steering = [
  { name: 'or', examples: { en: 'anna OR boris', ru: 'анна ИЛИ борис' } },
  { name: 'not', examples: { en: '-invoice', ru: '-счёт' } },
  { name: 'quotes', examples: { en: '"annual report"', ru: '"годовой отчёт"' } },
  { name: 'brackets', examples: { en: '(rent house) OR garden', ru: '(аренда дом) ИЛИ сад' } },
] as const;

type SearchHelpProps = { readonly onExample: (example: string) => void };

/** Everything that can be searched, each with an example that can be pressed. The operators are the parser's own. */
export function SearchHelp({ onExample }: SearchHelpProps) {
  const t = useTexts();
  const language = useLanguage();
  const lines = [
    ...steering.map(({ name, examples }) => ({
      example: examples[language],
      text: t(`search.steer.${name}`),
    })),
    ...operators.map(({ name, examples }) => ({
      example: examples[language],
      text: t(`search.operator.${name}`),
    })),
  ];
  return (
    <>
      <p className="search-help-title">{t('search.help-title')}</p>
      <dl>
        {lines.map(({ example, text }) => (
          <div key={example} className="search-help-line">
            <dt>
              <button type="button" className="search-operator" onClick={() => onExample(example)}>
                {example}
              </button>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
