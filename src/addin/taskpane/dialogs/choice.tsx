import { Field, makeStyles, Select } from '@fluentui/react-components';

const useStyles = makeStyles({
  // Long words are cut within the field: they must not make it wider than the pane.
  field: { gridTemplateColumns: 'minmax(0, 1fr)' },
});

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly value: Value;
  readonly choices: readonly (readonly [value: Value, text: string])[];
  readonly onChoice: (value: Value) => void;
}

/** One of a few, by its words. */
export function Choice<Value extends string>({
  label,
  hint,
  disabled = false,
  value,
  choices,
  onChoice,
}: ChoiceProps<Value>) {
  const styles = useStyles();
  const choose = (wanted: string) => {
    const chosen = choices.find(([choice]) => choice === wanted);
    if (chosen !== undefined) onChoice(chosen[0]);
  };
  return (
    <Field className={styles.field} label={label} {...(hint === undefined ? {} : { hint })}>
      <Select disabled={disabled} value={value} onChange={(_event, data) => choose(data.value)}>
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  );
}
