import { Button, makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import { Fragment, useEffect, useState } from 'react';
import type { ExplainedRule, Explanation } from '../../../contract/explanation';
import type { OrderKey } from '../../../domain/order';
import { refusalText, ruleDataText, ruleText } from '../../../language/refusal-text';
import { explainedParts } from '../explained-parts';
import { useActions, usePaneState, useWords } from '../pane-context';
import { troubleText } from '../trouble-text';
import { DialogFrame } from './dialog-frame';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column' },
  rule: {
    display: 'flex',
    flexDirection: 'column',
    paddingBlock: tokens.spacingVerticalXS,
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  part: { marginBlock: tokens.spacingVerticalS, fontSize: tokens.fontSizeBase300 },
  verdict: { fontWeight: tokens.fontWeightSemibold },
  pass: { color: tokens.colorStatusSuccessForeground1 },
  refused: { color: tokens.colorStatusDangerForeground1 },
  warned: { color: tokens.colorStatusWarningForeground1 },
  notApplicable: { color: tokens.colorNeutralForeground3 },
});

/** Every rule for one order: whether it holds, and what it looked at. */
export function ExplainDialog({ order, close }: { order: OrderKey; close: () => void }) {
  const { t, formats } = useWords();
  const { explain } = useActions();
  const address = usePaneState((state) => state.address);
  const [found, setFound] = useState<Explanation | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    explain(order).then(setFound, setError);
  }, [explain, order]);
  return (
    <DialogFrame
      title={t('pane.explain.title', { order })}
      toRead
      close={close}
      actions={
        <Button appearance="primary" onClick={close}>
          {t('pane.dismiss')}
        </Button>
      }
    >
      {error !== null && <Text role="alert">{troubleText(error, t, formats, address)}</Text>}
      {found === null && error === null && <Spinner size="tiny" label={t('pane.explain.reading')} />}
      {found !== null && <Explained explanation={found} />}
    </DialogFrame>
  );
}

function Explained({ explanation }: { explanation: Explanation }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  const { postingDate } = explanation;
  return (
    <>
      <Text size={200} block>
        {t('pane.explain.byItself', { date: formats.day(postingDate) })}
      </Text>
      {explainedParts(explanation).map(({ title, rules }) => (
        <Fragment key={title}>
          <h3 className={styles.part}>{t(title)}</h3>
          <Rules rules={rules} />
        </Fragment>
      ))}
    </>
  );
}

function Rules({ rules }: { rules: readonly ExplainedRule[] }) {
  const styles = useStyles();
  const { t, formats } = useWords();
  return (
    <ul className={styles.list}>
      {rules.map(({ code, verdict, data, refusals }) => (
        <li key={code} className={styles.rule}>
          <Text>
            <span className={mergeClasses(styles.verdict, styles[verdict])}>
              {t(`explain.verdict.${verdict}`)}
            </span>{' '}
            {code} {ruleText(code, t)}
          </Text>
          {data.map((line) => (
            <Text size={200} key={JSON.stringify(line)}>
              {ruleDataText(code, line, t, formats)}
            </Text>
          ))}
          {refusals.map((why) => (
            <Text size={200} key={JSON.stringify(why)} className={styles[verdict]}>
              {refusalText(why, t, formats)}
            </Text>
          ))}
        </li>
      ))}
    </ul>
  );
}
