import { Archive, ChartColumnBig, Pause, Play, Terminal } from 'lucide-react';
import type { Account } from '../../shared/account.ts';
import type { ServerView } from '../../shared/server-view.ts';
import { poppy } from '../bridge/poppy.ts';
import { useFormats } from '../i18n/formats.ts';
import { useTexts } from '../i18n/texts.tsx';
import { IconButton } from '../ui/Button.tsx';

type ServerHeadProps = {
  readonly view: ServerView;
  readonly account: Account;
  readonly panel: 'space' | 'log' | null;
  readonly onPanel: (panel: 'space' | 'log' | null) => void;
  readonly onBin: () => void;
};

/** How much there is, and whether the line to the server is open. */
export function ServerHead({ view, account, panel, onPanel, onBin }: ServerHeadProps) {
  const t = useTexts();
  const { number, size } = useFormats();
  const areHeadersMissing = view.headersDone < view.count;
  return (
    <header className="server-head">
      <div className="server-title-box">
        <h1 className="pane-title">{t('places.server')}</h1>
        <p className="pane-facts">
          <span className={`connection connection-${view.connection}`}>
            {t(`server-view.connection.${view.connection}`)}
          </span>
          {/* Mailboxes of one provider share its server, so the mailbox is named as well. */}
          <span className="pane-account">{account.name}</span>
          <span className="server-host">{account.server.host}</span>
        </p>
      </div>
      <p className="server-sum">
        <strong>{number(view.count)}</strong> {t('server-view.messages', { count: view.count })}
        <span className="server-sum-line" aria-hidden="true" />
        <strong>{size(view.sizeBytes)}</strong>
      </p>
      <div className="server-tools">
        {areHeadersMissing && (
          <IconButton
            hasLabel
            label={
              view.isFetchingHeaders
                ? t('server-view.stop-headers', {
                    done: number(view.headersDone),
                    total: number(view.count),
                  })
                : t('server-view.resume-headers')
            }
            icon={view.isFetchingHeaders ? <Pause size={15} /> : <Play size={15} />}
            onPress={() =>
              void poppy.request('server/fetch-headers', {
                accountId: view.accountId,
                run: !view.isFetchingHeaders,
              })
            }
          />
        )}
        <IconButton
          hasLabel
          label={t('server-view.space')}
          icon={<ChartColumnBig size={16} />}
          aria-expanded={panel === 'space'}
          onPress={() => onPanel(panel === 'space' ? null : 'space')}
        />
        <IconButton hasLabel label={t('server-view.bin')} icon={<Archive size={16} />} onPress={onBin} />
        <IconButton
          hasLabel
          label={t('server-view.log')}
          icon={<Terminal size={16} />}
          aria-expanded={panel === 'log'}
          onPress={() => onPanel(panel === 'log' ? null : 'log')}
        />
      </div>
    </header>
  );
}
