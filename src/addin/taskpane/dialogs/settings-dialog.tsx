import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Select,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import type { CompanyPolicy } from '../../../contract/work';
import { isCalendarDate } from '../../../domain/calendar';
import { isSamePolicy, type ReleasePolicy } from '../../../domain/policy';
import { languages } from '../../../language/text';
import { useActions, usePaneState, usePreferences, useWords } from '../pane-context';
import { type Posting, postingDay, type Preferences, sequences, themes } from '../preferences';
import { dialogs, useShowDialog } from '../show-dialogs';
import { mayChangeCompany } from '../store/pending';
import { Choice } from './choice';
import { DialogFrame } from './dialog-frame';
import { Policies } from './policies';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  part: { margin: 0, padding: 0, border: 'none', minWidth: 0 },
  address: { overflowWrap: 'anywhere', userSelect: 'text' },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalS },
});

/** What of the form is not a preference of itself. */
interface Typed extends Omit<Preferences, 'posting'> {
  /** Empty: the day of the release. */
  readonly postingDay: string;
  readonly company: string;
  /** Of the company that the workbook is for now; null while nobody knows them. */
  readonly policy: ReleasePolicy | null;
}

/** How this planner works with the pane, on this computer, and which company the workbook is for. */
export function SettingsDialog({ close }: { close: () => void }) {
  const styles = useStyles();
  const { t } = useWords();
  const form = useSettings(close);
  const { typed, type } = form;
  return (
    <DialogFrame
      title={t('pane.settings')}
      className={styles.fields}
      onSubmit={form.submit}
      close={close}
      actions={
        <>
          <Button appearance="primary" type="submit" disabledFocusable={form.busy}>
            {t('pane.settings.save')}
          </Button>
          <Button onClick={close}>{t('pane.cancel')}</Button>
        </>
      }
    >
      <Choice
        label={t('pane.settings.language')}
        value={typed.language ?? 'auto'}
        choices={(['auto', ...languages] as const).map((value) => [
          value,
          t(`pane.settings.language.${value}`),
        ])}
        onChoice={(value) => type({ language: value === 'auto' ? null : value })}
      />
      <Choice
        label={t('pane.settings.theme')}
        value={typed.theme}
        choices={themes.map((value) => [value, t(`pane.settings.theme.${value}`)])}
        onChoice={(theme) => type({ theme })}
      />
      <CompanyField company={typed.company} onCompany={(company) => type({ company })} />
      <Address />
      <Runs typed={typed} type={type} />
      {typed.policy && (
        <Policies
          policy={typed.policy}
          overtakenBy={form.overtakenBy}
          onPolicy={(policy) => type({ policy })}
        />
      )}
      {form.textsMissing && <Unreachable />}
    </DialogFrame>
  );
}

/** Nothing was saved: the texts of the language chosen are where the order book is. */
function Unreachable() {
  const { t } = useWords();
  const address = usePaneState((state) => state.address);
  return (
    <MessageBar intent="error" politeness="assertive" layout="multiline">
      <MessageBarBody>{t('error.unreachable', { address })}</MessageBarBody>
    </MessageBar>
  );
}

/** Said, because support asks for it. The order book lets in no pages but its own, so the deployment alone decides. */
function Address() {
  const styles = useStyles();
  const { t } = useWords();
  const address = usePaneState((state) => state.address);
  return (
    <div>
      <Text block>{t('pane.settings.address')}</Text>
      <Text block weight="semibold" className={styles.address}>
        {address}
      </Text>
      <Text block size={200}>
        {t('pane.settings.address.hint')}
      </Text>
    </div>
  );
}

/** The form: what is typed, and saving it. */
function useSettings(close: () => void) {
  const { preferences, change } = usePreferences();
  const show = useShowDialog();
  const { changeCompany, setPolicy } = useActions();
  const session = usePaneState((state) => state.session);
  const companies = usePaneState((state) => state.companies);
  const company = usePaneState((state) => state.company);
  const policy = usePaneState((state) => state.policy);
  // What the planner sees of them here: the pane may read them anew meanwhile.
  const [read] = useState(policy);
  const [overtakenBy, setOvertakenBy] = useState<CompanyPolicy | null>(null);
  // One piece of work asks one order book in one way.
  const busy = usePaneState((state) => state.work !== null);
  const [typed, setTyped] = useState<Typed>({
    ...preferences,
    postingDay: postingDay(preferences.posting, session) ?? '',
    company: company ?? '',
    policy,
  });
  const [textsMissing, setTextsMissing] = useState(false);
  const posting = (): Posting | null => {
    if (session === null || !isCalendarDate(typed.postingDay)) return null;
    return { company: session.company.code, chosenOn: session.today, day: typed.postingDay };
  };
  const save = async () => {
    const { language, theme, sequence, includeHidden } = typed;
    try {
      await change({ language, theme, sequence, includeHidden, posting: posting() });
    } catch {
      setTextsMissing(true);
      return;
    }
    const seen = overtakenBy ?? read;
    if (typed.policy !== null && seen !== null && !isSamePolicy(typed.policy, seen)) {
      const others = await setPolicy(typed.policy, seen.version);
      setOvertakenBy(others);
      // What was chosen stays in the form, beside what holds now.
      if (others !== null) return;
    }
    close();
    const chosen = companies.find(({ code }) => code === typed.company);
    if (chosen === undefined || chosen.code === company) return;
    if (company === null) await changeCompany(chosen.code);
    else await show(dialogs.company(chosen));
  };
  return {
    typed,
    busy,
    textsMissing,
    overtakenBy,
    type: (changes: Partial<Typed>) => setTyped({ ...typed, ...changes }),
    submit: (event: FormEvent) => {
      event.preventDefault();
      if (!busy) void save();
    },
  };
}

interface FormPart {
  readonly typed: Typed;
  readonly type: (changes: Partial<Typed>) => void;
}

/** What holds for releases where the sheet and the pane say nothing else. */
function Runs({ typed, type }: FormPart) {
  const styles = useStyles();
  const { t } = useWords();
  const known = usePaneState((state) => state.session !== null);
  return (
    <fieldset className={styles.part}>
      <legend className={styles.legend}>
        <Subtitle2>{t('pane.settings.runs')}</Subtitle2>
      </legend>
      <div className={styles.fields}>
        <Choice
          label={t('pane.settings.sequence')}
          hint={t('pane.settings.sequence.hint')}
          value={typed.sequence}
          choices={sequences.map((value) => [value, t(`pane.settings.sequence.${value}`)])}
          onChoice={(sequence) => type({ sequence })}
        />
        <Checkbox
          label={t('pane.settings.includeHidden')}
          checked={typed.includeHidden}
          onChange={(_event, { checked }) => type({ includeHidden: checked === true })}
        />
        <Field label={t('pane.settings.posting')} hint={t('pane.settings.posting.hint')}>
          <Input
            type="date"
            disabled={!known}
            value={typed.postingDay}
            onChange={(_event, { value }) => type({ postingDay: value })}
          />
        </Field>
      </div>
    </fieldset>
  );
}

function CompanyField({ company, onCompany }: { company: string; onCompany: (code: string) => void }) {
  const { t } = useWords();
  const companies = usePaneState((state) => state.companies);
  const possible = usePaneState(mayChangeCompany);
  if (companies.length < 2) return null;
  return (
    <Field label={t('pane.company')} hint={t('pane.settings.company.hint')}>
      <Select disabled={!possible} value={company} onChange={(_event, { value }) => onCompany(value)}>
        {company === '' && <option value="" />}
        {companies.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
