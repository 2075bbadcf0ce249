import { type ComponentProps, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { Tick } from '../ui/Choice.tsx';
import { Field } from '../ui/Field.tsx';
import { CheckedField } from './CheckedField.tsx';

/** A password with what is wrong about it, which can be shown while it is typed. */
export function CheckedPassword(props: Omit<ComponentProps<typeof CheckedField>, 'kind' | 'type'>) {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <CheckedField {...props} kind="password" type={isShown ? 'text' : 'password'} {...unaided} />
      <ShowPassword isShown={isShown} onChange={setShown} />
    </>
  );
}

/** A password that can be shown while it is typed. */
export function PasswordField(props: Omit<ComponentProps<typeof Field>, 'type'>) {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Field {...props} type={isShown ? 'text' : 'password'} {...unaided} />
      <ShowPassword isShown={isShown} onChange={setShown} />
    </>
  );
}

/** Nothing remembers, completes or corrects what is typed, shown or not. */
const unaided = { autoComplete: 'off', autoCorrect: 'off', spellCheck: 'false' } as const;

type ShowPasswordProps = { readonly isShown: boolean; readonly onChange: (isShown: boolean) => void };

function ShowPassword({ isShown, onChange }: ShowPasswordProps) {
  const t = useTexts();
  return (
    <Tick isOn={isShown} onChange={onChange}>
      {t('server.show-password')}
    </Tick>
  );
}
