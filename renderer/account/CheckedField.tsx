import { type ComponentProps, useState } from 'react';
import type { FieldError, FieldRemark } from '../../shared/account-fields.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Field } from '../ui/Field.tsx';
import { FieldHint } from './FieldHint.tsx';
import { problemText } from './field-text.ts';

/** Mistakes that further letters can mend: they are told when the field is left, not while it is being typed. */
const mendedByTyping = new Set<FieldError>([
  'empty',
  'no-at',
  'no-domain',
  'no-dot-in-domain',
  'bad-domain',
  'bad-host',
]);

type CheckedFieldProps = Omit<ComponentProps<typeof Field>, 'problem' | 'onChange' | 'onBlur'> & {
  readonly kind: 'address' | 'host' | 'user' | 'password';
  /** What there is to say about the value; null where it is fine. */
  readonly remark: FieldRemark | null;
  /** The person wanted to go on, so nothing is held back any more. */
  readonly wasPressed: boolean;
  readonly onChange: (value: string) => void;
};

/** A field of an account with what is wrong about it, and what it was probably meant to be. */
export function CheckedField({ kind, remark, wasPressed, onChange, ...rest }: CheckedFieldProps) {
  const t = useTexts();
  const [wasLeft, setLeft] = useState(false);
  return (
    <div className="checked-field">
      <Field
        {...rest}
        onChange={onChange}
        onBlur={() => setLeft(true)}
        problem={isTold(remark, wasPressed, wasLeft) ? problemText(kind, remark, t) : null}
      />
      {(wasLeft || wasPressed) && <FieldHint remark={remark} onTake={onChange} />}
    </div>
  );
}

function isTold(remark: FieldRemark | null, wasPressed: boolean, wasLeft: boolean): boolean {
  if (remark?.level !== 'error' || wasPressed) return true;
  if (remark.code === 'empty') return false;
  return wasLeft || !mendedByTyping.has(remark.code);
}
