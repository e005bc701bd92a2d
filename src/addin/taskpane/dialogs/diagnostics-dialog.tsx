import { Button, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { useEffect, useRef, useState } from 'react';
import { version } from '../../../../package.json';
import { healthOf } from '../../api/order-book-health';
import { copyText } from '../copy-text';
import { diagnostics, diagnosticsText, type Findings } from '../diagnostics';
import { officeFacts } from '../office-facts';
import { usePane, useWords } from '../pane-context';
import { DialogFrame } from './dialog-frame';

const useStyles = makeStyles({
  hint: { display: 'block', marginBottom: tokens.spacingVerticalS },
  list: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  label: { color: tokens.colorNeutralForeground3 },
  value: {
    margin: `0 0 ${tokens.spacingVerticalXS}`,
    whiteSpace: 'pre-line',
    overflowWrap: 'anywhere',
    userSelect: 'text',
  },
});

/** What support asks for, to be read and copied. */
export function DiagnosticsDialog({ close }: { close: () => void }) {
  const styles = useStyles();
  const { t } = useWords();
  const findings = useFindings();
  const [copied, setCopied] = useState<boolean | null>(null);
  const place = useRef<HTMLDListElement>(null);
  const lines = findings === null ? null : diagnostics(findings, t);
  const copy = async (text: string) => setCopied(await copyText(text, place.current));
  return (
    <DialogFrame
      title={t('pane.diagnostics')}
      toRead
      close={close}
      actions={
        <>
          <Button
            appearance="primary"
            icon={<CopyRegular />}
            disabled={lines === null}
            onClick={() => void copy(diagnosticsText(lines ?? []))}
          >
            {t('pane.diagnostics.copy')}
          </Button>
          <Button onClick={close}>{t('pane.dismiss')}</Button>
        </>
      }
    >
      <Text size={200} className={styles.hint}>
        {t('pane.diagnostics.hint')}
      </Text>
      {lines === null ? (
        <Spinner size="tiny" label={t('pane.diagnostics.asking')} />
      ) : (
        <dl className={styles.list} ref={place}>
          {lines.map(([label, value]) => (
            <div key={label}>
              <dt className={styles.label}>{label}</dt>
              <dd className={styles.value}>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      <Text size={200} role="status">
        {copied !== null && t(copied ? 'pane.diagnostics.copied' : 'pane.diagnostics.notCopied')}
      </Text>
    </DialogFrame>
  );
}

/** As of the moment the dialog is opened; null until the order book has answered or been silent long enough. */
function useFindings(): Findings | null {
  const { store } = usePane();
  const [findings, setFindings] = useState<Findings | null>(null);
  useEffect(() => {
    let gone = false;
    void healthOf().then((health) => {
      if (gone) return;
      setFindings({
        version,
        at: new Date().toISOString(),
        office: officeFacts(),
        browser: globalThis.navigator.userAgent,
        health,
        state: store.getState(),
      });
    });
    return () => {
      gone = true;
    };
  }, [store]);
  return findings;
}
