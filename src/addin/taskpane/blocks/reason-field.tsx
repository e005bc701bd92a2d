import { Field, Input } from '@fluentui/react-components';
import { useWords } from '../pane-context';

/** As the order book takes it. */
const LONGEST = 200;

export interface ReasonFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (reason: string) => void;
  /** It was asked for and is not there. */
  readonly missing: boolean;
}

/**
 * Why something is done, in one line of the planner's own words. Its form is `noValidate`: what is missing is said here, in the planner's
 * language, not by the browser in its own.
 */
export function ReasonField({ label, value, onChange, missing }: ReasonFieldProps) {
  const { t } = useWords();
  return (
    <Field
      size="small"
      label={label}
      required
      {...(missing ? { validationMessage: t('pane.reason.missing') } : {})}
    >
      <Input
        size="small"
        value={value}
        maxLength={LONGEST}
        onChange={(_event, { value: written }) => onChange(written)}
      />
    </Field>
  );
}
